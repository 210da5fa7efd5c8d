using Npgsql;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Postgres;

/// <summary>Trajectories in PostgreSQL.</summary>
internal sealed class PostgresTrajectoryTable(PostgresDatabase database) : ITrajectoryTable
{
    /// <inheritdoc/>
    public async Task InsertAsync(IReadOnlyList<TrajectoryRow> rows, CancellationToken ct)
    {
        await using var batch = database.Source.CreateBatch();
        // Its last second may be lost in a power cut, as in SQLite, so it makes no commit of a ledger wait for a disk of its own.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("INSERT INTO orchestra.trajectory (id, tenant, started_at, body) SELECT * FROM unnest($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        {
            Parameters =
            {
                PostgresParameter.Array(rows, row => row.Id),
                PostgresParameter.Array(rows, row => row.TenantId),
                PostgresParameter.Array(rows, row => row.StartedAt.UtcDateTime),
                PostgresParameter.Array(rows, row => row.Body),
            },
        });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(string id, CancellationToken ct)
    {
        await using var select = database.Source.CreateCommand("SELECT body FROM orchestra.trajectory WHERE id = $1");
        select.Parameters.Add(PostgresParameter.Value(id));
        return await select.ExecuteScalarAsync(ct) as byte[];
    }

    /// <inheritdoc/>
    public async Task<int> DeleteAsync(DateTimeOffset before, int max, CancellationToken ct)
    {
        await using var delete = database.Source.CreateCommand(
            "DELETE FROM orchestra.trajectory WHERE id IN (SELECT id FROM orchestra.trajectory WHERE started_at < $1 ORDER BY started_at LIMIT $2 FOR UPDATE SKIP LOCKED)");
        delete.Parameters.Add(PostgresParameter.Value(before.UtcDateTime));
        delete.Parameters.Add(PostgresParameter.Value(max));
        return await delete.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
