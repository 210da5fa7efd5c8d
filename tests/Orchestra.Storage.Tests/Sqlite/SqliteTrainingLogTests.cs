using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Learning.Scheduling;
using Orchestra.Storage.Sqlite;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqliteTrainingLogTests : TrainingLogConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    protected override Task<ITrainingLog> OpenAsync()
    {
        var store = new SqliteTrainingLog(new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance));
        _open.Add(store);
        return Task.FromResult<ITrainingLog>(store);
    }
}
