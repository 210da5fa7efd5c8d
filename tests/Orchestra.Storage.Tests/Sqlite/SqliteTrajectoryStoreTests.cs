using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Storage.Sqlite;
using Orchestra.Storage.Tests.Conformance;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqliteTrajectoryStoreTests : TrajectoryStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override Task<IHistoryTable> OpenHistoryTableAsync() =>
        Task.FromResult<IHistoryTable>(new SqliteHistoryTable(new SqliteDatabase(_folder.Path, SqliteSchema.Trajectories, NullLogger<SqliteDatabase>.Instance)));

    private protected override Task<ITrajectoryTable> OpenTableAsync() =>
        Task.FromResult<ITrajectoryTable>(new SqliteTrajectoryTable(new SqliteDatabase(_folder.Path, SqliteSchema.Trajectories, NullLogger<SqliteDatabase>.Instance)));
}
