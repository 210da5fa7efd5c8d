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
        const string Old = "WHERE started_at < $1 ORDER BY started_at LIMIT $2 FOR UPDATE SKIP LOCKED";
        var trajectories = await DeleteAsync($"DELETE FROM orchestra.trajectory WHERE id IN (SELECT id FROM orchestra.trajectory {Old})");
        var feedback = await DeleteAsync($"DELETE FROM orchestra.feedback WHERE (trajectory, key_id) IN (SELECT trajectory, key_id FROM orchestra.feedback {Old})");
        var shadows = await DeleteAsync($"DELETE FROM orchestra.shadow WHERE (trajectory, expert) IN (SELECT trajectory, expert FROM orchestra.shadow {Old})");
        return Math.Max(trajectories, Math.Max(feedback, shadows));

        async Task<int> DeleteAsync(string statement)
        {
            await using var delete = database.Source.CreateCommand(statement);
            delete.Parameters.Add(PostgresParameter.Value(before.UtcDateTime));
            delete.Parameters.Add(PostgresParameter.Value(max));
            return await delete.ExecuteNonQueryAsync(ct);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
