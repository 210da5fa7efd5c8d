using Npgsql;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Postgres;

/// <summary>A connection string with this program's bounds.</summary>
internal static class PostgresSettings
{
    /// <summary>Reads the connection string; throws <see cref="OrchestraException"/> where it is none.</summary>
    public static NpgsqlConnectionStringBuilder Read(StorageOptions options)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
            {
                MaxPoolSize = options.MaxConnections,
                MinPoolSize = 0,
                // For the statements that all databases share, which name no schema.
                SearchPath = "orchestra",
                CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
                // Nothing here changes a session's settings, and a reset would come with every command.
                NoResetOnClose = true,
                // Statements that come again are planned once for each connection.
                MaxAutoPrepare = 32,
                AutoPrepareMinUsages = 2,
            };
            settings.ApplicationName ??= "orchestra";
            return settings.Host is { Length: > 0 } ? settings : throw Unreadable();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw Unreadable();
        }
    }

    /// <summary>Which database it is, without its password.</summary>
    public static string Describe(NpgsqlConnectionStringBuilder settings) =>
        $"PostgreSQL database {settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";

    /// <summary>The text may hold a password, so no part of it is repeated.</summary>
    private static OrchestraException Unreadable() => new(
        ErrorCode.InvalidConfiguration, 500,
        "Orchestra:Storage:ConnectionString (or ORCHESTRA_POSTGRES) is no connection string; write it as Host=db.example.com;Database=orchestra;Username=orchestra;Password=….");
}
