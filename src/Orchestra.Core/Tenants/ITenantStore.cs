namespace Orchestra.Core.Tenants;

/// <summary>Where tenants and their keys are kept.</summary>
public interface ITenantStore
{
    /// <summary>Adds a tenant; false where the id is taken.</summary>
    Task<bool> AddTenantAsync(Tenant tenant, CancellationToken ct);

    /// <summary>The tenant, or null.</summary>
    Task<Tenant?> FindTenantAsync(string id, CancellationToken ct);

    /// <summary>All tenants in the order of their ids.</summary>
    Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken ct);

    /// <summary>Adds a key to a tenant that exists.</summary>
    Task AddKeyAsync(ApiKey key, CancellationToken ct);

    /// <summary>The key with this public part, or null.</summary>
    Task<ApiKey?> FindKeyAsync(string keyId, CancellationToken ct);

    /// <summary>A value of the installation's own (such as the admin key's hash), or null.</summary>
    Task<byte[]?> ReadSettingAsync(string name, CancellationToken ct);

    /// <summary>Writes a value of the installation's own; where it exists already, keeps and returns the old one.</summary>
    Task<byte[]> AddSettingAsync(string name, byte[] value, CancellationToken ct);
}
