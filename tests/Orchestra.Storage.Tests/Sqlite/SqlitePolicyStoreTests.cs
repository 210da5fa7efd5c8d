using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Storage.Sqlite;
using Orchestra.Storage.Tests.Conformance;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqlitePolicyStoreTests : PolicyStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(store => store.Dispose());
        _folder.Dispose();
    }

    protected override Task<IPolicyStore> OpenAsync()
    {
        var store = new SqlitePolicyStore(new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance));
        _open.Add(store);
        return Task.FromResult<IPolicyStore>(store);
    }
}
