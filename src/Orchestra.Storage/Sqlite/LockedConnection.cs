using Microsoft.Data.Sqlite;

namespace Orchestra.Storage.Sqlite;

/// <summary>A connection that one caller uses at a time; those who wait block no thread.</summary>
internal sealed class LockedConnection(SqliteConnection connection) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<T> UseAsync<T>(Func<SqliteConnection, T> use, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return use(connection);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose()
    {
        connection.Dispose();
        _gate.Dispose();
    }
}
