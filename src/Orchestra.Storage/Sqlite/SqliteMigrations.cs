using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Errors;
using Orchestra.Storage.Migrations;

namespace Orchestra.Storage.Sqlite;

/// <summary>Brings a database forward through numbered scripts; its version stands in <c>user_version</c>.</summary>
internal static partial class SqliteMigrations
{
    public static void Run(SqliteConnection connection, SqliteSchema schema, string path, ILogger logger)
    {
        var scripts = MigrationScripts.Read($"Sqlite.Migrations.{schema.Migrations}");
        if (connection.ReadLong("PRAGMA user_version") == scripts.Count)
            return;
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = connection.ReadLong("PRAGMA user_version");
        if (version > scripts.Count)
        {
            throw new OrchestraException(
                ErrorCode.InvalidConfiguration, 500,
                $"The database {path} has schema version {version}, but this program knows only {scripts.Count}; run the newer Orchestra that wrote it, or choose another data directory.");
        }

        for (var next = (int)version; next < scripts.Count; next++)
            connection.Run(scripts[next]);
        connection.Run($"PRAGMA user_version = {scripts.Count}");
        transaction.Commit();
        // A new file is no news; an upgrade of an operator's data is.
        LogMigrated(logger, version == 0 ? LogLevel.Debug : LogLevel.Information, path, version, scripts.Count);
    }

    [LoggerMessage(EventId = 1, Message = "Database {Path}: schema brought from version {From} to {To}")]
    private static partial void LogMigrated(ILogger logger, LogLevel level, string path, long from, int to);
}
