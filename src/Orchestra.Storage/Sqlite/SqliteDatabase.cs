using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Sqlite;

/// <summary>A database file in a data directory, brought to this program's schema when it is opened.</summary>
public sealed class SqliteDatabase
{
    private readonly string _connectionString;
    private readonly SqliteSchema _schema;

    /// <summary>Opens or creates the file; throws <see cref="OrchestraException"/> where that is not possible.</summary>
    public SqliteDatabase(string dataDirectory, SqliteSchema schema, ILogger<SqliteDatabase> logger)
    {
        _schema = schema;
        Path = System.IO.Path.Combine(dataDirectory, _schema.FileName);
        _connectionString = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, DefaultTimeout = 5 }.ToString();
        try
        {
            if (!OperatingSystem.IsWindows() && !Directory.Exists(dataDirectory))
                Directory.CreateDirectory(dataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Directory.CreateDirectory(dataDirectory);
            Reserve();
            using var connection = Connect();
            SqliteMigrations.Run(connection, _schema, Path, logger);
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new OrchestraException(
                ErrorCode.InvalidConfiguration, 500, $"The database {Path} cannot be opened ({error.Message}); check the data directory, its owner and the free space.", error);
        }
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>Makes the file for its owner alone, since it holds prompts and hashes of keys; SQLite gives the files beside it the same rights.</summary>
    private void Reserve()
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(Path))
            new FileStream(Path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
    }

    /// <summary>Opens a connection; the caller disposes it.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            // The log keeps its size between checkpoints: overwriting blocks is synced in half the time that new ones take.
            connection.Run($"""
                PRAGMA busy_timeout = 5000;
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = {_schema.Synchronous};
                PRAGMA foreign_keys = ON;
                PRAGMA journal_size_limit = -1;
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
