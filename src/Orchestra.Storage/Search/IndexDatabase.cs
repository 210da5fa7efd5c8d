using Microsoft.Data.Sqlite;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Search;

/// <summary>
/// The index's database file. It can be made anew from the documents at any time, so it is rebuilt rather than migrated, and commits need not wait for the
/// disk.
/// </summary>
internal sealed class IndexDatabase(SearchOptions options)
{
    /// <summary>The numbers of a file's passages follow on its own number shifted by this many bits.</summary>
    public const int PassageBits = 20;

    // "OrcS": says that a database is a search index, so that no other is ever overwritten.
    private const long ApplicationId = 0x4F_72_63_53;
    private const string Version = "1";

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.GetFullPath(options.DatabasePath),
        Mode = SqliteOpenMode.ReadWriteCreate,
    }.ConnectionString;

    /// <summary>What the content of the index depends on besides the documents; when it changes, everything is read again.</summary>
    private string Fingerprint => $"{Version}|{options.PassageWords}|{Path.GetFullPath(options.Folder)}";

    /// <summary>A connection from the pool; dispose it.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA synchronous=NORMAL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the tables where they are missing or of another version.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(options.DatabasePath))!);
        using var connection = Open();
        RefuseOther(connection);
        Execute(connection, "PRAGMA journal_mode=WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        if (StoredFingerprint(connection) != Fingerprint)
            Rebuild(connection);
        transaction.Commit();
    }

    /// <summary>Closes the pool's connections, so that the file can be moved or deleted.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private static long Count(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void RefuseOther(SqliteConnection connection)
    {
        if (Count(connection, "PRAGMA application_id") != ApplicationId && Count(connection, "SELECT count(*) FROM sqlite_schema") > 0)
        {
            throw new OrchestraException(
                ErrorCode.InvalidConfiguration, 500, $"The database {options.DatabasePath} is not a search index: give the search expert a file of its own.");
        }
    }

    private static string? StoredFingerprint(SqliteConnection connection)
    {
        if (Count(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'meta'") == 0)
            return null;
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM meta WHERE name = 'fingerprint'";
        return command.ExecuteScalar() as string;
    }

    private void Rebuild(SqliteConnection connection)
    {
        Execute(connection, $"""
            DROP TABLE IF EXISTS passages;
            DROP TABLE IF EXISTS files;
            DROP TABLE IF EXISTS meta;
            CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE files (
                id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, length INTEGER NOT NULL, modified INTEGER NOT NULL, hash BLOB NOT NULL, state INTEGER NOT NULL);
            CREATE VIRTUAL TABLE passages USING fts5(name, heading, text, line UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2');
            INSERT INTO passages(passages, rank) VALUES ('rank', 'bm25(1.0, 3.0, 1.0)');
            PRAGMA application_id = {ApplicationId};
            """);
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO meta VALUES ('fingerprint', $fingerprint)";
        command.Parameters.AddWithValue("$fingerprint", Fingerprint);
        command.ExecuteNonQuery();
    }
}
