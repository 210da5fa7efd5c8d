using System.Data.Common;
using Npgsql;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Storage.Policies;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Postgres;

/// <summary>Policies and their rollout in PostgreSQL.</summary>
public sealed class PostgresPolicyStore(PostgresDatabase database) : PolicyStore
{
    // What another host is counting at this moment is left to it.
    private const string Remove = """
        DELETE FROM policy_awaiting WHERE trajectory IN (SELECT trajectory FROM policy_awaiting WHERE trajectory = ANY($1) ORDER BY trajectory FOR UPDATE SKIP LOCKED) RETURNING trajectory
        """;

    /// <inheritdoc/>
    public override async Task CountAsync(IReadOnlyList<AwaitingQuery> queries, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var remove = new NpgsqlCommand(Remove, connection, transaction);
        remove.Parameters.Add(PostgresParameter.Array(queries, query => query.TrajectoryId));
        var removed = (await remove.ReadAllAsync(row => row.GetString(0), ct)).ToHashSet(StringComparer.Ordinal);
        await RunAsync(connection, PolicyTables.AddHeard(queries.Where(query => removed.Contains(query.TrajectoryId))), ct);
        await transaction.CommitAsync(ct);
    }

    private protected override async Task RunAllAsync(IReadOnlyList<Statement> statements, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync(connection, statements, ct);
        await transaction.CommitAsync(ct);
    }

    private protected override Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken ct) => database.QueryAsync(statement, read, ct);

    private protected override async Task<int> RunAsync(Statement statement, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(statement.Sql);
        command.Parameters.AddValues(statement.Values);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Sends statements together.</summary>
    private static async Task RunAsync(NpgsqlConnection connection, IEnumerable<Statement> statements, CancellationToken ct)
    {
        await using var batch = connection.CreateBatch();
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            command.Parameters.AddValues(statement.Values);
            batch.BatchCommands.Add(command);
        }

        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(ct);
    }
}
