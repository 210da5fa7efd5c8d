using System.Data.Common;
using Npgsql;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Postgres;

/// <summary>Short forms for the statements of this folder; their texts are constants of the program, never input.</summary>
internal static class PostgresQueries
{
    /// <summary>Runs a statement and returns its rows.</summary>
    public static async Task<IReadOnlyList<TRow>> QueryAsync<TRow>(
        this PostgresDatabase database, string query, Func<DbDataReader, TRow> read, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = database.Source.CreateCommand(query);
        command.Parameters.AddRange(parameters);
        return await command.ReadAllAsync(read, ct);
    }

    /// <summary>Runs a statement that all databases share and returns its rows.</summary>
    public static async Task<IReadOnlyList<TRow>> QueryAsync<TRow>(this PostgresDatabase database, Statement statement, Func<DbDataReader, TRow> read, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand(statement.Sql);
        command.Parameters.AddValues(statement.Values);
        return await command.ReadAllAsync(read, ct);
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public static async Task RunAsync(this PostgresDatabase database, string statement, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = database.Source.CreateCommand(statement);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>All rows of a command's only result.</summary>
    public static async Task<IReadOnlyList<TRow>> ReadAllAsync<TRow>(this NpgsqlCommand command, Func<DbDataReader, TRow> read, CancellationToken ct)
    {
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<TRow>();
        while (await rows.ReadAsync(ct))
            found.Add(read(rows));
        return found;
    }
}
