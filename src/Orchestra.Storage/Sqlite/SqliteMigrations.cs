using System.Globalization;
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
        var newest = scripts[^1].Number;
        if (connection.ReadLong("PRAGMA user_version") == newest)
            return;
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = connection.ReadLong("PRAGMA user_version");
        if (version > newest)
        {
            throw new OrchestraException(
                ErrorCode.InvalidConfiguration, 500,
                $"The database {path} has schema version {version}, but this program knows only {newest}; run the newer Orchestra that wrote it, or choose another data directory.");
        }

        foreach (var (_, script) in scripts.Where(script => script.Number > version))
            connection.Run(script);
        connection.Run($"PRAGMA user_version = {newest}");
        transaction.Commit();
        // A new file is no news; an upgrade of an operator's data is.
        LogMigrated(logger, version == 0 ? LogLevel.Debug : LogLevel.Information, path, version, newest);
    }

    /// <summary>The scripts of a folder in the order of their numbers, of which none is there twice.</summary>
    private static List<(int Number, string Script)> Scripts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{typeof(SqliteMigrations).Namespace}.Migrations.{folder}.";
        var scripts = new List<(int Number, string Script)>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var number = int.Parse(name.AsSpan(prefix.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture);
            if (scripts.Count > 0 && scripts[^1].Number == number)
                throw new InvalidOperationException($"There are two migrations with the number {number:0000}; one of them is {name}.");
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            scripts.Add((number, reader.ReadToEnd()));
        }

        return scripts;
    }

    [LoggerMessage(EventId = 1, Message = "Database {Path}: schema brought from version {From} to {To}")]
    private static partial void LogMigrated(ILogger logger, LogLevel level, string path, long from, int to);
}
