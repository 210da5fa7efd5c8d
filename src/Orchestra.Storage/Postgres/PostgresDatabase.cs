using Microsoft.Extensions.Logging;
using Npgsql;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Storage.Migrations;

namespace Orchestra.Storage.Postgres;

/// <summary>A PostgreSQL database, in which everything of ours lies in the schema <c>orchestra</c>, brought to this program's version when it is opened.</summary>
public sealed partial class PostgresDatabase : IAsyncDisposable
{
    /// <summary>The oldest server that is used.</summary>
    internal const int OldestServer = 13;

    private static readonly PostgresSchema Schema = new("orchestra", MigrationScripts.Read("Postgres.Migrations"));

    private PostgresDatabase(NpgsqlDataSource source, string description)
    {
        Source = source;
        Description = description;
    }

    /// <summary>Which database it is, without its password.</summary>
    public string Description { get; }

    /// <summary>Its connections, at most <see cref="StorageOptions.MaxConnections"/>.</summary>
    internal NpgsqlDataSource Source { get; }

    /// <summary>Connects, checks the server and migrates; throws <see cref="OrchestraException"/> where that is not possible.</summary>
    public static async Task<PostgresDatabase> OpenAsync(StorageOptions options, ILogger<PostgresDatabase> logger, CancellationToken ct)
    {
        var settings = PostgresSettings.Read(options);
        var description = PostgresSettings.Describe(settings);
        var source = NpgsqlDataSource.Create(settings);
        try
        {
            await CheckAsync(source, description, logger, ct);
            await PostgresMigrations.RunAsync(source, Schema, description, logger, ct);
            return new PostgresDatabase(source, description);
        }
        catch (Exception error)
        {
            await source.DisposeAsync();
            if (error is NpgsqlException)
                throw PostgresErrors.Explain(error, description);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Source.DisposeAsync();

    /// <summary>Throws where a server of this version cannot be used.</summary>
    internal static void CheckVersion(Version version, string description)
    {
        if (version.Major < OldestServer)
            throw Unfit($"{description} is version {version}; Orchestra needs PostgreSQL {OldestServer} or newer.");
    }

    private static async Task CheckAsync(NpgsqlDataSource source, string description, ILogger logger, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        CheckVersion(connection.PostgreSqlVersion, description);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT current_setting('server_encoding'), current_setting('fsync'), current_setting('transaction_read_only'), current_setting('transaction_isolation')";
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        if (row.GetString(0) is not "UTF8" and var encoding)
            throw Unfit($"{description} has the encoding {encoding}; create a database with ENCODING 'UTF8' for Orchestra.");
        if (row.GetString(2) == "on")
            throw Unfit($"{description} cannot be written to; give the primary server, not a standby.");
        if (row.GetString(3) is not "read committed" and var isolation)
            throw Unfit($"{description} has the default isolation {isolation}, in which hosts fail instead of waiting; ALTER DATABASE … SET default_transaction_isolation = 'read committed'.");
        if (row.GetString(1) == "off")
            LogUnsafe(logger, description);
    }

    private static OrchestraException Unfit(string message) => new(ErrorCode.InvalidConfiguration, 500, message);

    [LoggerMessage(1, LogLevel.Warning, "{Description} runs with fsync off: a power cut can lose money that was answered for; switch it on")]
    private static partial void LogUnsafe(ILogger logger, string description);
}
