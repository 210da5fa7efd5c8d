using Orchestra.Storage.Postgres;
using Orchestra.Storage.Tests.Conformance;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresTrajectoryStoreTests : TrajectoryStoreConformance, IAsyncLifetime
{
    private readonly PostgresHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    private protected override async Task<IHistoryTable> OpenHistoryTableAsync() => new PostgresHistoryTable(await _host.OpenAsync());

    private protected override async Task<ITrajectoryTable> OpenTableAsync() => new PostgresTrajectoryTable(await _host.OpenAsync());
}
