using Orchestra.Core.Limits;
using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>What every tenant store must do; a class for each database derives from it.</summary>
public abstract class TenantStoreConformance
{
    private static readonly DateTimeOffset At = new(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private readonly Tenant _acme = new("acme", "Acme & Söhne", At);
    private int _entries;

    /// <summary>Opens the one database of this test as another host; the deriving class closes what it opened.</summary>
    protected abstract OpenTenantStore Open();

    [SkippableFact]
    public async Task Everything_comes_back_as_it_was_written()
    {
        var store = Open().Tenants;
        var tenant = _acme with { Limits = new RateLimits(1, null, RateLimits.Most) };
        var team = new Team("red", "acme", "Red", At) { Limits = new RateLimits(10, 20, 30), Disabled = true };
        var user = new User("ann", "acme", "Ann", At);
        var key = Key("k1", "red", "ann") with
        {
            Name = "laptop \"x\"", ExpiresAt = At.AddDays(1), AllowedExperts = ["small", "calculator"], Metadata = new Dictionary<string, string> { ["project"] = "apollo ☂", ["empty"] = "" },
            Secret = new KeySecret(Hash(1), Hash(2), At.AddHours(1)),
        };
        foreach (var principal in new Principal[] { tenant, team, user, key })
            (await AddAsync(store, principal)).ShouldBeTrue();

        (await store.FindTenantAsync("acme", default)).ShouldBe(tenant);
        (await store.FindTeamAsync("acme", "red", default)).ShouldBe(team);
        (await store.FindUserAsync("acme", "ann", default)).ShouldBe(user);
        var owned = (await store.FindKeyAsync("k1", default))!;
        (owned.Tenant, owned.Team, owned.User).ShouldBe((tenant, team, user));
        PrincipalJson.Text(owned.Key).ShouldBe(PrincipalJson.Text(key));
        owned.Key.Secret.Hash.ShouldBe(Hash(1));
        owned.Key.Secret.PreviousHash.ShouldBe(Hash(2));
    }

    [SkippableFact]
    public async Task A_key_without_team_user_limits_or_end_has_none()
    {
        var store = Open().Tenants;
        await AddAsync(store, _acme);
        await AddAsync(store, Key("k1"));

        var owned = (await store.FindKeyAsync("k1", default))!;

        (owned.Team, owned.User, owned.Key.Team, owned.Key.User).ShouldBe((null, null, "", ""));
        (owned.Key.ExpiresAt, owned.Key.AllowedExperts, owned.Key.DeletedAt, owned.Key.Secret.PreviousHash, owned.Key.PreviousSecretUntil).ShouldBe((null, null, null, null, null));
        owned.Key.Limits.ShouldBe(RateLimits.None);
        owned.Key.Metadata.ShouldBeEmpty();
        owned.Key.Version.ShouldBe(1);
    }

    [SkippableFact]
    public async Task What_never_was_is_null()
    {
        var store = Open().Tenants;
        await AddAsync(store, _acme);
        await AddAsync(store, new Team("red", "acme", "Red", At));

        (await store.FindTenantAsync("nobody", default)).ShouldBeNull();
        (await store.FindTeamAsync("other", "red", default)).ShouldBeNull();
        (await store.FindUserAsync("acme", "red", default)).ShouldBeNull();
        (await store.FindKeyAsync("k1", default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task An_id_is_taken_once_even_by_what_was_deleted()
    {
        var host = Open();
        await AddAsync(host.Tenants, _acme);
        (await AddAsync(host.Tenants, _acme with { Name = "Another" })).ShouldBeFalse();
        await ChangeAsync(host.Tenants, _acme with { DeletedAt = At, Version = 2 });
        (await AddAsync(host.Tenants, _acme)).ShouldBeFalse();

        (await host.Tenants.FindTenantAsync("acme", default))!.Name.ShouldBe("Acme & Söhne");
        (await host.Audit.ListAsync(new AuditFilter(null, null, null, 10), default)).Count.ShouldBe(2, "What was not done must not be in the log.");
    }

    [SkippableFact]
    public async Task Teams_and_users_of_two_tenants_may_have_the_same_id()
    {
        var store = Open().Tenants;
        foreach (var tenant in new[] { "acme", "zeta" })
        {
            (await AddAsync(store, new Tenant(tenant, tenant, At))).ShouldBeTrue();
            (await AddAsync(store, new Team("red", tenant, $"Red of {tenant}", At))).ShouldBeTrue();
            (await AddAsync(store, new User("red", tenant, $"User of {tenant}", At))).ShouldBeTrue();
        }

        (await store.FindTeamAsync("zeta", "red", default))!.Name.ShouldBe("Red of zeta");
        (await store.FindUserAsync("acme", "red", default))!.Name.ShouldBe("User of acme");
    }

    [SkippableFact]
    public async Task What_belongs_to_nobody_cannot_be_written()
    {
        var host = Open();
        await AddAsync(host.Tenants, _acme);
        foreach (var orphan in new Principal[] { new Team("red", "nobody", "", At), new User("ann", "nobody", "", At), Key("k1") with { Tenant = "nobody" }, Key("k1", team: "red"), Key("k1", user: "ann") })
            (await Should.ThrowAsync<Exception>(() => AddAsync(host.Tenants, orphan))).ShouldNotBeOfType<InvalidCastException>(orphan.Target);

        (await host.Tenants.FindKeyAsync("k1", default)).ShouldBeNull();
        (await host.Audit.ListAsync(new AuditFilter(null, null, null, 10), default)).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_change_follows_on_the_version_before_it_or_is_not_made()
    {
        var host = Open();
        Principal[] first = [_acme, new Team("red", "acme", "Red", At), new User("ann", "acme", "Ann", At), Key("k1", "red", "ann")];
        foreach (var principal in first)
        {
            await AddAsync(host.Tenants, principal);
            (await ChangeAsync(host.Tenants, principal with { Name = "lost", Version = 3 })).ShouldBeFalse();
            (await ChangeAsync(host.Tenants, principal with { Name = "new", Limits = new RateLimits(7, 8, 9), Disabled = true, DeletedAt = At, Version = 2 })).ShouldBeTrue();
            (await ChangeAsync(host.Tenants, principal with { Name = "late", Version = 2 })).ShouldBeFalse();
        }

        var owned = (await host.Tenants.FindKeyAsync("k1", default))!;
        foreach (var changed in new Principal[] { owned.Tenant, owned.Team!, owned.User!, owned.Key })
            (changed.Name, changed.Version, changed.Disabled, changed.DeletedAt, changed.Limits, changed.CreatedAt).ShouldBe(("new", 2, true, At, new RateLimits(7, 8, 9), At));
        (await host.Audit.ListAsync(new AuditFilter("acme", "keys/k1", null, 10), default)).Select(entry => entry.Action).ShouldBe(["change", "add"]);
    }

    [SkippableFact]
    public async Task What_does_not_exist_cannot_be_changed() =>
        (await ChangeAsync(Open().Tenants, _acme with { Version = 2 })).ShouldBeFalse();

    [SkippableFact]
    public async Task Of_many_changes_to_one_version_from_two_hosts_one_is_made()
    {
        var (one, two) = (Open().Tenants, Open().Tenants);
        await AddAsync(one, _acme);

        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => ChangeAsync(i % 2 == 0 ? one : two, _acme with { Name = $"{i}", Version = 2 }))));

        made.Count(done => done).ShouldBe(1);
        (await two.FindTenantAsync("acme", default))!.Version.ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_list_is_in_order_and_goes_on_where_it_ended()
    {
        var store = Open().Tenants;
        string[] ids = ["-", "0", "a", "a-b", "a_b", "ab", "b"];
        foreach (var id in ids.Reverse())
            await AddAsync(store, new Tenant(id, id, At));

        var seen = new List<string>();
        for (var page = await store.ListTenantsAsync(new PrincipalFilter { Limit = 3 }, default); page.Count > 0;
             page = await store.ListTenantsAsync(new PrincipalFilter { Limit = 3, After = new ListPosition("", seen[^1]) }, default))
        {
            page.Count.ShouldBeLessThanOrEqualTo(3);
            seen.AddRange(page.Select(tenant => tenant.Id));
        }

        seen.ShouldBe(ids);
    }

    [SkippableFact]
    public async Task Teams_and_users_are_listed_by_tenant_then_id()
    {
        var store = Open().Tenants;
        foreach (var tenant in new[] { "b", "a" })
        {
            await AddAsync(store, new Tenant(tenant, tenant, At));
            foreach (var id in new[] { "y", "x" })
            {
                await AddAsync(store, new Team(id, tenant, id, At));
                await AddAsync(store, new User(id, tenant, id, At));
            }
        }

        var teams = await store.ListTeamsAsync(new PrincipalFilter { Limit = 10, After = new ListPosition("a", "x") }, default);
        teams.Select(team => team.Target).ShouldBe(["teams/a/y", "teams/b/x", "teams/b/y"]);
        var users = await store.ListUsersAsync(new PrincipalFilter { Limit = 10, Tenant = "b" }, default);
        users.Select(user => user.Target).ShouldBe(["users/b/x", "users/b/y"]);
    }

    [SkippableFact]
    public async Task Keys_are_listed_by_tenant_team_and_user()
    {
        var store = Open().Tenants;
        await AddAsync(store, _acme);
        await AddAsync(store, new Tenant("zeta", "Zeta", At));
        await AddAsync(store, new Team("red", "acme", "Red", At));
        await AddAsync(store, new User("ann", "acme", "Ann", At));
        foreach (var key in new[] { Key("k1"), Key("k2", team: "red"), Key("k3", user: "ann"), Key("k4", "red", "ann"), Key("k5") with { Tenant = "zeta" } })
            await AddAsync(store, key);

        (await IdsAsync(new PrincipalFilter { Limit = 10 })).ShouldBe(["k1", "k2", "k3", "k4", "k5"]);
        (await IdsAsync(new PrincipalFilter { Limit = 10, Tenant = "acme", After = new ListPosition("", "k2") })).ShouldBe(["k3", "k4"]);
        (await IdsAsync(new PrincipalFilter { Limit = 10, Tenant = "acme", Team = "red" })).ShouldBe(["k2", "k4"]);
        (await IdsAsync(new PrincipalFilter { Limit = 10, Tenant = "acme", User = "ann" })).ShouldBe(["k3", "k4"]);
        (await IdsAsync(new PrincipalFilter { Limit = 10, Tenant = "acme", Team = "red", User = "ann" })).ShouldBe(["k4"]);

        async Task<IEnumerable<string>> IdsAsync(PrincipalFilter filter) => (await store.ListKeysAsync(filter, default)).Select(key => key.Id);
    }

    [SkippableTheory]
    [InlineData("tenants/acme", "")]
    [InlineData("teams/acme/red", "tenants/acme users/acme/ann keys/k1 keys/k3")]
    [InlineData("users/acme/ann", "tenants/acme teams/acme/red keys/k1 keys/k2")]
    [InlineData("keys/k1", "tenants/acme teams/acme/red users/acme/ann keys/k2 keys/k3")]
    public async Task What_was_deleted_and_what_belongs_to_it_is_listed_only_on_demand(string deleted, string left)
    {
        var store = Open().Tenants;
        Principal[] all = [_acme, new Team("red", "acme", "Red", At), new User("ann", "acme", "Ann", At), Key("k1"), Key("k2", team: "red"), Key("k3", user: "ann")];
        foreach (var principal in all)
            await AddAsync(store, principal);
        await ChangeAsync(store, all.Single(principal => principal.Target == deleted) with { DeletedAt = At, Version = 2 });

        string.Join(' ', await ListAsync(new PrincipalFilter { Limit = 10 })).ShouldBe(left);
        (await ListAsync(new PrincipalFilter { Limit = 10, IncludeDeleted = true })).ShouldBe(all.Select(principal => principal.Target));

        async Task<IEnumerable<string>> ListAsync(PrincipalFilter filter)
        {
            IEnumerable<Principal> tenants = await store.ListTenantsAsync(filter, default);
            return tenants.Concat(await store.ListTeamsAsync(filter, default)).Concat(await store.ListUsersAsync(filter, default)).Concat(await store.ListKeysAsync(filter, default)).Select(row => row.Target);
        }
    }

    [SkippableFact]
    public async Task The_audit_log_has_the_newest_first_and_can_be_asked_for_a_tenant_and_a_target()
    {
        var log = Open().Audit;
        for (var i = 0; i < 6; i++)
            await log.AppendAsync(Entry($"tenants/t{i % 2}/budget", $"t{i % 2}", $"budget.{i}") with { Before = i == 0 ? null : $$"""{"i":{{i - 1}}}""", After = $$"""{"i":{{i}}}""" }, default);

        var newest = await log.ListAsync(new AuditFilter(null, null, null, 2), default);
        newest.Select(entry => entry.Action).ShouldBe(["budget.5", "budget.4"]);
        (newest[0].At, newest[0].Who, newest[0].TenantId, newest[0].Target, newest[0].Before, newest[0].After).ShouldBe((At, "0123abcd", "t1", "tenants/t1/budget", """{"i":4}""", """{"i":5}"""));
        (await log.ListAsync(new AuditFilter(null, null, newest[1].Id, 2), default)).Select(entry => entry.Action).ShouldBe(["budget.3", "budget.2"]);
        (await log.ListAsync(new AuditFilter("t0", null, newest[1].Id, 9), default)).Select(entry => entry.Action).ShouldBe(["budget.2", "budget.0"]);
        var last = (await log.ListAsync(new AuditFilter("t0", "tenants/t0/budget", null, 9), default))[^1];
        (last.Action, last.Before).ShouldBe(("budget.0", null));
        (await log.ListAsync(new AuditFilter(null, null, "audit_unknown", 9), default)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_entry_of_the_audit_log_is_written_once()
    {
        var log = Open().Audit;
        var entry = Entry("tenants/acme/budget", "acme", "budget.set");
        await log.AppendAsync(entry, default);
        await log.AppendAsync(entry with { Action = "budget.reset" }, default);

        (await log.ListAsync(new AuditFilter(null, null, null, 9), default)).ShouldHaveSingleItem().Action.ShouldBe("budget.set");
    }

    [SkippableFact]
    public async Task A_setting_is_written_once()
    {
        var (one, two) = (Open().Tenants, Open().Tenants);
        (await one.ReadSettingAsync("a", default)).ShouldBeNull();
        (await one.AddSettingAsync("a", [1, 2], default)).ShouldBe([1, 2]);
        (await two.AddSettingAsync("a", [3], default)).ShouldBe([1, 2]);
        (await two.ReadSettingAsync("a", default)).ShouldBe([1, 2]);
    }

    private static ApiKey Key(string id, string team = "", string user = "") => new(id, "acme", team, user, "", At, new KeySecret(Hash(9)));

    private static byte[] Hash(byte value) => [.. Enumerable.Repeat(value, 32)];

    private Task<bool> AddAsync(ITenantStore store, Principal principal) => store.AddAsync(principal, Entry(principal.Target, principal.TenantId, "add"), default);

    private Task<bool> ChangeAsync(ITenantStore store, Principal principal) => store.ChangeAsync(principal, Entry(principal.Target, principal.TenantId, "change"), default);

    private AuditEntry Entry(string target, string tenant, string action) =>
        new($"audit_{Interlocked.Increment(ref _entries)}", At, "0123abcd", action, tenant, target, null, "{}");
}
