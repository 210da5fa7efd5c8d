using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class TenantTests : IDisposable
{
    private const string Who = "0123abcd";
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly CountingTenantStore _store;
    private readonly SqliteTenantStore _sqlite;
    private readonly TenantRegistry _registry;
    private readonly ApiKeyIssuer _issuer;
    private readonly ApiKeyAuthenticator _authenticator;

    public TenantTests()
    {
        _sqlite = Open();
        _store = new CountingTenantStore(_sqlite);
        _registry = new TenantRegistry(_store, IdGenerator.Default, _time);
        _issuer = new ApiKeyIssuer(_registry, IdGenerator.Default, _time);
        _authenticator = new ApiKeyAuthenticator(_store, _time);
    }

    public void Dispose()
    {
        _sqlite.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(15)]
    [InlineData(257)]
    public async Task An_admin_key_that_is_too_short_or_too_long_is_refused(int length) =>
        (await Should.ThrowAsync<Core.Errors.OrchestraException>(() => AdminKey.OpenAsync(_store, new string('k', length), default))).Message.ShouldContain("16 to 256");

    [Fact]
    public async Task A_key_belongs_to_its_tenant_and_only_its_hash_is_stored()
    {
        var (_, text) = await IssueAsync();

        text.ShouldStartWith("sk-orch-");
        var caller = await _authenticator.AuthenticateAsync(text, default);
        caller!.TenantId.ShouldBe("acme");
        text.ShouldContain(caller.KeyId);
        var secret = System.Text.Encoding.UTF8.GetBytes(text[(text.LastIndexOf('-') + 1)..]);
        foreach (var file in Directory.GetFiles(_folder.Path))
            ReadShared(file).AsSpan().IndexOf(secret).ShouldBe(-1);
    }

    [Fact]
    public async Task A_key_of_a_tenant_that_does_not_exist_is_an_error()
    {
        var error = await Should.ThrowAsync<OrchestraException>(() => _issuer.IssueAsync("nobody", Who, default));
        (error.Code, error.Param).ShouldBe((ErrorCode.InvalidRequest, "tenant"));
    }

    [Fact]
    public async Task A_wrong_key_is_nobody()
    {
        var (_, text) = await IssueAsync();
        var last = text[^1] == '0' ? '1' : '0';
        string[] wrong =
        [
            text[..^1] + last, text + "0", text[..^1], text.ToUpperInvariant(), string.Empty, "sk-orch-", "sk-orch--", "sk-", "\ud800", new string('x', 100_000),
            text[..text.LastIndexOf('-')], "sk-orch-k0-" + text[(text.LastIndexOf('-') + 1)..], "sk-orch-" + new string('k', 400) + "-00",
        ];
        foreach (var bearer in wrong)
            (await _authenticator.AuthenticateAsync(bearer, default)).ShouldBeNull(bearer.Length > 200 ? "a long text" : bearer);
        (await _authenticator.AuthenticateAsync(text, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_store_is_asked_once_in_five_seconds_for_each_key_good_or_not()
    {
        var (_, good) = await IssueAsync();
        const string made = "sk-orch-k1-00";
        for (var i = 0; i < 10; i++)
        {
            await _authenticator.AuthenticateAsync(good, default);
            await _authenticator.AuthenticateAsync(made, default);
        }

        _store.Lookups.ShouldBe(2);
        _time.Advance(TimeSpan.FromSeconds(5));
        await _authenticator.AuthenticateAsync(good, default);
        _store.Lookups.ShouldBe(3);
    }

    [Fact]
    public async Task The_text_before_a_rotation_is_good_until_its_grace_ends_and_the_one_before_that_no_longer()
    {
        var (key, first) = await IssueAsync();
        var (_, second) = await RotateAsync(key.Id, TimeSpan.FromHours(1));
        (await TakesAsync(first), await TakesAsync(second)).ShouldBe((true, true));

        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        (await TakesAsync(first), await TakesAsync(second)).ShouldBe((true, true));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await TakesAsync(first), await TakesAsync(second)).ShouldBe((false, true));

        var (_, third) = await RotateAsync(key.Id, ApiKeyIssuer.DefaultGrace);
        var (_, fourth) = await RotateAsync(key.Id, ApiKeyIssuer.DefaultGrace);
        _authenticator.Forget(key.Id);
        (await TakesAsync(first), await TakesAsync(second), await TakesAsync(third), await TakesAsync(fourth)).ShouldBe((false, false, true, true));
    }

    [Fact]
    public async Task A_text_that_another_host_made_is_taken_after_a_second_and_wrong_ones_cost_no_more_than_one_lookup_in_it()
    {
        var (key, first) = await IssueAsync();
        await TakesAsync(first);
        var (_, second) = await RotateAsync(key.Id, TimeSpan.Zero);
        var lookups = _store.Lookups;
        for (var i = 0; i < 10; i++)
            (await TakesAsync(second)).ShouldBeFalse("What is remembered is younger than a second.");
        _store.Lookups.ShouldBe(lookups);

        _time.Advance(TimeSpan.FromSeconds(1));
        (await TakesAsync(second)).ShouldBeTrue();
        _store.Lookups.ShouldBe(lookups + 1);
        (await TakesAsync(first)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_expired_key_is_told_when_it_expired_and_a_wrong_one_nothing()
    {
        await _registry.AddAsync(new Tenant("acme", "Acme", _time.GetUtcNow()), Who, default);
        var (_, text) = await _issuer.IssueAsync("acme", "", "", key => key with { ExpiresAt = _time.GetUtcNow().AddSeconds(3) }, Who, default);
        (await TakesAsync(text)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(3));

        var error = await Should.ThrowAsync<OrchestraException>(() => _authenticator.AuthenticateAsync(text, default).AsTask());

        (error.Code, error.Status).ShouldBe((ErrorCode.InvalidApiKey, 401));
        error.Message.ShouldStartWith("This key expired on 2025-03-01 at 12:00:03 UTC.");
        (await TakesAsync(text + "0")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_authentication_from_memory_allocates_nothing()
    {
        var (_, text) = await IssueAsync();
        await TakesAsync(text);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            await _authenticator.AuthenticateAsync(text, default);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000, "1,000 authentications may not even allocate a byte each.");
    }

    [Fact]
    public async Task Made_up_keys_neither_fill_the_memory_nor_push_good_ones_out()
    {
        var nothing = new CountingTenantStore(_sqlite);
        var authenticator = new ApiKeyAuthenticator(nothing, _time);
        for (var i = 0; i < 50_000; i++)
            await authenticator.AuthenticateAsync($"sk-orch-k{i}-00", default);
        nothing.Lookups.ShouldBe(50_000);
        // The last ones are remembered, the first ones are gone.
        await authenticator.AuthenticateAsync("sk-orch-k49999-00", default);
        nothing.Lookups.ShouldBe(50_000);
        await authenticator.AuthenticateAsync("sk-orch-k0-00", default);
        nothing.Lookups.ShouldBe(50_001);
    }

    [Fact]
    public async Task The_first_start_makes_a_default_tenant_and_shows_its_key_once()
    {
        var text = await First(_store).EnsureAsync(default);
        (await _authenticator.AuthenticateAsync(text, default))!.TenantId.ShouldBe(Tenant.DefaultId);
        (await First(_store).EnsureAsync(default)).ShouldBeNull();
    }

    [Fact]
    public async Task Two_first_starts_at_once_show_one_key()
    {
        using var other = Open();
        var texts = await Task.WhenAll(
            First(_store).EnsureAsync(default),
            First(other).EnsureAsync(default));
        texts.Count(text => text is not null).ShouldBe(1);
    }

    [Fact]
    public async Task The_admin_key_is_the_configured_one()
    {
        var key = await AdminKey.OpenAsync(_store, "a configured key", default);
        key.Generated.ShouldBeNull();
        key.Matches("a configured key").ShouldBeTrue();
        key.Matches("a configured kez").ShouldBeFalse();
        key.Matches(string.Empty).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_configured_admin_key_one_is_made_and_shown_once()
    {
        var first = await AdminKey.OpenAsync(_store, null, default);
        first.Matches(first.Generated).ShouldBeTrue();

        var second = await AdminKey.OpenAsync(_store, " ", default);
        second.Generated.ShouldBeNull();
        second.Matches(first.Generated).ShouldBeTrue();
        second.Matches("sk-orch-admin-0").ShouldBeFalse();
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private async Task<IssuedKey> IssueAsync()
    {
        await _registry.AddAsync(new Tenant("acme", "Acme", _time.GetUtcNow()), Who, default);
        return await _issuer.IssueAsync("acme", Who, default);
    }

    private Task<IssuedKey> RotateAsync(string keyId, TimeSpan grace) =>
        _issuer.RotateAsync(async ct => (await _sqlite.FindKeyAsync(keyId, ct))!.Key, grace, Who, null, default);

    private async Task<bool> TakesAsync(string text) => await _authenticator.AuthenticateAsync(text, default) is not null;

    private FirstStart First(ITenantStore store)
    {
        var registry = new TenantRegistry(store, IdGenerator.Default, _time);
        return new FirstStart(store, registry, new ApiKeyIssuer(registry, IdGenerator.Default, _time), _time);
    }

    private SqliteTenantStore Open() => new(new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance));
}
