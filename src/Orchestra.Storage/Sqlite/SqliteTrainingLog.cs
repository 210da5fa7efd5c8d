using Orchestra.Core.Learning.Scheduling;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Policies;

namespace Orchestra.Storage.Sqlite;

/// <summary>Scheduled trainings in SQLite.</summary>
public sealed class SqliteTrainingLog(SqliteDatabase database) : ITrainingLog, IDisposable
{
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public async Task<bool> TryBeginAsync(string host, DateTimeOffset now, TimeSpan lease, TimeSpan every, CancellationToken ct) =>
        await _connection.UseAsync(connection => connection.Run(TrainingTables.Begin(host, now, lease, every)), ct) > 0;

    /// <inheritdoc/>
    public async Task<ChangePlace> ReadPlaceAsync(CancellationToken ct) =>
        (await _connection.UseAsync(connection => connection.Read(TrainingTables.ReadPlace(), TrainingTables.ReadPlace), ct)).SingleOrDefault();

    /// <inheritdoc/>
    public Task EndAsync(string host, ChangePlace place, CancellationToken ct) => _connection.UseAsync(connection => connection.Run(TrainingTables.End(host, place)), ct);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
