using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tests.Sqlite;

/// <summary>Counts how often keys are looked up.</summary>
public sealed class CountingTenantStore(ITenantStore inner) : ITenantStore
{
    public int Lookups { get; private set; }

    public Task<bool> AddAsync(Principal principal, AuditEntry entry, CancellationToken ct) => inner.AddAsync(principal, entry, ct);

    public Task<bool> ChangeAsync(Principal changed, AuditEntry entry, CancellationToken ct) => inner.ChangeAsync(changed, entry, ct);

    public Task<Tenant?> FindTenantAsync(string id, CancellationToken ct) => inner.FindTenantAsync(id, ct);

    public Task<Team?> FindTeamAsync(string tenantId, string id, CancellationToken ct) => inner.FindTeamAsync(tenantId, id, ct);

    public Task<User?> FindUserAsync(string tenantId, string id, CancellationToken ct) => inner.FindUserAsync(tenantId, id, ct);

    public Task<OwnedKey?> FindKeyAsync(string keyId, CancellationToken ct)
    {
        Lookups++;
        return inner.FindKeyAsync(keyId, ct);
    }

    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(PrincipalFilter filter, CancellationToken ct) => inner.ListTenantsAsync(filter, ct);

    public Task<IReadOnlyList<Team>> ListTeamsAsync(PrincipalFilter filter, CancellationToken ct) => inner.ListTeamsAsync(filter, ct);

    public Task<IReadOnlyList<User>> ListUsersAsync(PrincipalFilter filter, CancellationToken ct) => inner.ListUsersAsync(filter, ct);

    public Task<IReadOnlyList<ApiKey>> ListKeysAsync(PrincipalFilter filter, CancellationToken ct) => inner.ListKeysAsync(filter, ct);

    public Task<byte[]?> ReadSettingAsync(string name, CancellationToken ct) => inner.ReadSettingAsync(name, ct);

    public Task<byte[]> AddSettingAsync(string name, byte[] value, CancellationToken ct) => inner.AddSettingAsync(name, value, ct);
}
