namespace Orchestra.Core.Tenants;

/// <summary>Where tenants, teams, users and keys are kept, and the installation's own settings. Several hosts may share one.</summary>
public interface ITenantStore
{
    /// <summary>
    /// Adds a tenant, team, user or key as it is, and the entry to the audit log, in one transaction. False, and nothing is written, where the
    /// id is taken, be it by a deleted one. The caller makes sure that tenant, team and user of a new one exist; where they do not, the store throws.
    /// </summary>
    Task<bool> AddAsync(Principal principal, AuditEntry entry, CancellationToken ct);

    /// <summary>
    /// Writes a tenant, team, user or key over the state before it, and the entry to the audit log, in one transaction. False, and nothing is
    /// written, where the stored version is not <c>changed.Version - 1</c>. Id, tenant, team, user and creation never change.
    /// </summary>
    Task<bool> ChangeAsync(Principal changed, AuditEntry entry, CancellationToken ct);

    /// <summary>The tenant, deleted or not; null where there never was one.</summary>
    Task<Tenant?> FindTenantAsync(string id, CancellationToken ct);

    /// <summary>The team of a tenant, deleted or not; null where there never was one.</summary>
    Task<Team?> FindTeamAsync(string tenantId, string id, CancellationToken ct);

    /// <summary>The user of a tenant, deleted or not; null where there never was one.</summary>
    Task<User?> FindUserAsync(string tenantId, string id, CancellationToken ct);

    /// <summary>The key with this public part and everybody above it, deleted or not; null where there never was one. One trip: authentication waits for it.</summary>
    Task<OwnedKey?> FindKeyAsync(string keyId, CancellationToken ct);

    /// <summary>A page of tenants in the order of their ids, compared byte by byte.</summary>
    Task<IReadOnlyList<Tenant>> ListTenantsAsync(PrincipalFilter filter, CancellationToken ct);

    /// <summary>A page of teams in the order of tenant and id, compared byte by byte.</summary>
    Task<IReadOnlyList<Team>> ListTeamsAsync(PrincipalFilter filter, CancellationToken ct);

    /// <summary>A page of users in the order of tenant and id, compared byte by byte.</summary>
    Task<IReadOnlyList<User>> ListUsersAsync(PrincipalFilter filter, CancellationToken ct);

    /// <summary>A page of keys in the order of their ids, compared byte by byte.</summary>
    Task<IReadOnlyList<ApiKey>> ListKeysAsync(PrincipalFilter filter, CancellationToken ct);

    /// <summary>A value of the installation's own (such as the admin key's hash), or null.</summary>
    Task<byte[]?> ReadSettingAsync(string name, CancellationToken ct);

    /// <summary>Writes a value of the installation's own; where it exists already, keeps and returns the old one.</summary>
    Task<byte[]> AddSettingAsync(string name, byte[] value, CancellationToken ct);
}
