using Orchestra.Storage.Postgres;
using Orchestra.Storage.Tests.Trajectories;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresTrajectoryStoreTests : TrajectoryStoreSuite, IAsyncLifetime
{
    private readonly PostgresHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private protected override async Task<ITrajectoryTable> OpenTableAsync() => new PostgresTrajectoryTable(await _host.OpenAsync());
}
