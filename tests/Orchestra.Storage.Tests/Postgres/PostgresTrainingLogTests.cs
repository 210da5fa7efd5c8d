using Orchestra.Core.Learning.Scheduling;
using Orchestra.Storage.Postgres;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Postgres;

public sealed class PostgresTrainingLogTests : TrainingLogConformance, IAsyncLifetime
{
    private readonly PostgresHost _host = new();

    public Task InitializeAsync() => _host.InitializeAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    protected override async Task<ITrainingLog> OpenAsync() => new PostgresTrainingLog(await _host.OpenAsync());
}
