using Microsoft.Extensions.Logging;
using Npgsql;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Postgres;

/// <summary>Brings a schema forward through numbered scripts, each in a transaction of its own, under a lock that one host at a time holds.</summary>
internal static partial class PostgresMigrations
{
    // Any number that no other program is likely to lock: "orch".
    private const int Lock = 1869767528;

    // Long enough for an index on many million rows, and for another host that makes it.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(30);

    public static async Task RunAsync(NpgsqlDataSource source, PostgresSchema schema, string description, ILogger logger, CancellationToken ct)
    {
        var scripts = schema.Scripts;
        await using var connection = await source.OpenConnectionAsync(ct);
        var found = await VersionAsync(connection, schema, ct);
        // A host that only works with the tables needs no right to change them.
        for (var version = found; version < scripts.Count; version++)
            version = await StepAsync(connection, schema, ct);
        if (found > scripts.Count)
        {
            throw new OrchestraException(
                ErrorCode.InvalidConfiguration, 500,
                $"{description} has schema version {found}, but this program knows only {scripts.Count}; run the newer Orchestra that wrote it, or choose another database.");
        }

        if (found < scripts.Count)
            LogMigrated(logger, found == 0 ? LogLevel.Debug : LogLevel.Information, description, found, scripts.Count);
    }

    /// <summary>Runs the next script, which another host may have changed while this one waited, and returns its index.</summary>
    private static async Task<int> StepAsync(NpgsqlConnection connection, PostgresSchema schema, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync(
            connection,
            $"""
            SELECT pg_advisory_xact_lock({Lock});
            CREATE SCHEMA IF NOT EXISTS {schema.Name};
            CREATE TABLE IF NOT EXISTS {schema.Name}.migration (version int NOT NULL PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
            """,
            ct);
        var next = await VersionAsync(connection, schema, ct);
        if (next < schema.Scripts.Count)
            await RunAsync(connection, $"{schema.Scripts[next]}; INSERT INTO {schema.Name}.migration (version) VALUES ({next + 1})", ct);
        await transaction.CommitAsync(ct);
        return next;
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, PostgresSchema schema, CancellationToken ct)
    {
        await using var exists = connection.CreateCommand();
        await using var version = connection.CreateCommand();
#pragma warning disable CA2100 // Names that are constants of the program.
        exists.CommandText = $"SELECT to_regclass('{schema.Name}.migration') IS NOT NULL";
        version.CommandText = $"SELECT coalesce(max(version), 0) FROM {schema.Name}.migration";
#pragma warning restore CA2100
        if (await exists.ExecuteScalarAsync(ct) is not true)
            return 0;
        return (int)(await version.ExecuteScalarAsync(ct))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string script, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandTimeout = (int)Bound.TotalSeconds;
#pragma warning disable CA2100 // A constant of the program.
        command.CommandText = script;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(EventId = 1, Message = "{Description}: schema brought from version {From} to {To}")]
    private static partial void LogMigrated(ILogger logger, LogLevel level, string description, int from, int to);
}
