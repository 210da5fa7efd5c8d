using Orchestra.Core.Learning.Scheduling;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Policies;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Postgres;

/// <summary>Scheduled trainings in PostgreSQL.</summary>
public sealed class PostgresTrainingLog(PostgresDatabase database) : ITrainingLog
{
    /// <inheritdoc/>
    public async Task<bool> TryBeginAsync(string host, DateTimeOffset now, TimeSpan lease, TimeSpan every, CancellationToken ct) =>
        await RunAsync(TrainingTables.Begin(host, now, lease, every), ct) > 0;

    /// <inheritdoc/>
    public async Task<ChangePlace> ReadPlaceAsync(CancellationToken ct) => (await database.QueryAsync(TrainingTables.ReadPlace(), TrainingTables.ReadPlace, ct)).SingleOrDefault();

    /// <inheritdoc/>
    public Task EndAsync(string host, ChangePlace place, CancellationToken ct) => RunAsync(TrainingTables.End(host, place), ct);

    private async Task<int> RunAsync(Statement statement, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(statement.Sql);
        command.Parameters.AddValues(statement.Values);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
