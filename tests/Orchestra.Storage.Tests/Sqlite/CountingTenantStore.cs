using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tests.Sqlite;

/// <summary>Counts how often keys are looked up.</summary>
public sealed class CountingTenantStore(ITenantStore inner) : ITenantStore
{
    public int Lookups { get; private set; }

    public Task<bool> AddTenantAsync(Tenant tenant, CancellationToken ct) => inner.AddTenantAsync(tenant, ct);

    public Task<Tenant?> FindTenantAsync(string id, CancellationToken ct) => inner.FindTenantAsync(id, ct);

    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken ct) => inner.ListTenantsAsync(ct);

    public Task AddKeyAsync(ApiKey key, CancellationToken ct) => inner.AddKeyAsync(key, ct);

    public Task<ApiKey?> FindKeyAsync(string keyId, CancellationToken ct)
    {
        Lookups++;
        return inner.FindKeyAsync(keyId, ct);
    }

    public Task<byte[]?> ReadSettingAsync(string name, CancellationToken ct) => inner.ReadSettingAsync(name, ct);

    public Task<byte[]> AddSettingAsync(string name, byte[] value, CancellationToken ct) => inner.AddSettingAsync(name, value, ct);
}

/// <summary>A store without keys.</summary>
public sealed class NoKeys : ITenantStore
{
    public Task<bool> AddTenantAsync(Tenant tenant, CancellationToken ct) => throw new NotSupportedException();

    public Task<Tenant?> FindTenantAsync(string id, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Tenant>> ListTenantsAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task AddKeyAsync(ApiKey key, CancellationToken ct) => throw new NotSupportedException();

    public Task<ApiKey?> FindKeyAsync(string keyId, CancellationToken ct) => Task.FromResult<ApiKey?>(null);

    public Task<byte[]?> ReadSettingAsync(string name, CancellationToken ct) => throw new NotSupportedException();

    public Task<byte[]> AddSettingAsync(string name, byte[] value, CancellationToken ct) => throw new NotSupportedException();
}
