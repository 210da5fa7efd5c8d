using Npgsql;
using Orchestra.Core.Tenants;
using Orchestra.Storage.Postgres;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresTenantStoreTests : TenantStoreConformance, IAsyncLifetime
{
    private readonly PostgresHost _host = new();
    private readonly Queue<PostgresDatabase> _hosts = new();

    public async Task InitializeAsync()
    {
        await _host.InitializeAsync();
        for (var i = 0; i < 2; i++)
            _hosts.Enqueue(await _host.OpenAsync());
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [SkippableTheory]
    [InlineData("UPDATE orchestra.audit SET who = 'nobody'")]
    [InlineData("DELETE FROM orchestra.audit")]
    [InlineData("TRUNCATE orchestra.audit")]
    public async Task The_audit_log_cannot_be_rewritten(string statement)
    {
        await Open().Audit.AppendAsync(new AuditEntry("audit_1", DateTimeOffset.UnixEpoch, "0123abcd", "tenant.create", "acme", "tenants/acme", null, "{}"), default);
        (await Should.ThrowAsync<PostgresException>(() => _host.Database.RunAsync(statement))).MessageText.ShouldContain("append-only");
    }

    protected override OpenTenantStore Open()
    {
        var database = _hosts.Dequeue();
        return new OpenTenantStore(new PostgresTenantStore(database), new PostgresAuditLog(database));
    }
}
