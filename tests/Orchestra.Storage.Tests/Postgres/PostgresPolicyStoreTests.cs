using Orchestra.Core.Learning.Rollout;
using Orchestra.Storage.Postgres;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresPolicyStoreTests : PolicyStoreConformance, IAsyncLifetime
{
    private readonly PostgresHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    protected override async Task<IPolicyStore> OpenAsync() => new PostgresPolicyStore(await _host.OpenAsync());
}
