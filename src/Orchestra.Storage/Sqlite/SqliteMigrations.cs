using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Sqlite;

/// <summary>Brings a database forward through numbered scripts; its version stands in <c>user_version</c>.</summary>
internal static partial class SqliteMigrations
{
    public static void Run(SqliteConnection connection, SqliteSchema schema, string path, ILogger logger)
    {
        var scripts = Scripts(schema.Migrations);
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

    /// <summary>The scripts of a folder in the order of their numbers, which start at 0001 and have no gaps.</summary>
    private static List<string> Scripts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(SqliteMigrations).Namespace}.Migrations.{folder}.";
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < names.Count; i++)
        {
            if (!names[i].StartsWith($"{prefix}{i + 1:0000}_", StringComparison.Ordinal))
                throw new InvalidOperationException($"The migration {names[i]} is out of order: number {i + 1:0000} is expected.");
        }

        return names.ConvertAll(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        });
    }

    [LoggerMessage(EventId = 1, Message = "Database {Path}: schema brought from version {From} to {To}")]
    private static partial void LogMigrated(ILogger logger, LogLevel level, string path, long from, int to);
}
