using System.Data.Common;
using Orchestra.Storage.Policies;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Postgres;

/// <summary>Policies and their rollout in PostgreSQL.</summary>
public sealed class PostgresPolicyStore(PostgresDatabase database) : PolicyStore
{
    private protected override Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> read, CancellationToken ct) => database.QueryAsync(statement, read, ct);

    private protected override async Task<int> RunAsync(Statement statement, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(statement.Sql);
        command.Parameters.AddValues(statement.Values);
        return await command.ExecuteNonQueryAsync(ct);
    }
}
