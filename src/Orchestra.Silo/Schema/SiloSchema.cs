using Microsoft.Extensions.Logging;
using Npgsql;
using Orchestra.Core.Configuration;
using Orchestra.Core.Errors;
using Orchestra.Storage.Migrations;
using Orchestra.Storage.Postgres;

using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Silo.Schema;

/// <summary>Where the cluster keeps its silos, the states of grains and their reminders: the schema <c>orleans</c> of the PostgreSQL database.</summary>
public static class SiloSchema
{
    private const string Name = "orleans";

    // The first with NULLS NOT DISTINCT.
    private const int OldestServer = 15;

    private static readonly PostgresSchema Schema = new(Name, MigrationScripts.Read(typeof(SiloSchema).Assembly, "Schema.Migrations"));

    /// <summary>The scripts that make the schema, from the first.</summary>
    internal static IReadOnlyList<string> Scripts => Schema.Scripts;

    /// <summary>
    /// Connections for Orleans' providers, which name no schema in what they ask; at most <see cref="StorageOptions.MaxConnections"/>, next to those of
    /// the storage. Throws <see cref="OrchestraException"/> where the connection string is none.
    /// </summary>
    public static NpgsqlDataSource Connect(StorageOptions options)
    {
        var settings = PostgresSettings.Read(options);
        settings.SearchPath = Name;
        return NpgsqlDataSource.Create(settings);
    }

    /// <summary>
    /// Brings the schema to this program's version, however many silos start at once; throws <see cref="OrchestraException"/> where the server is older
    /// than PostgreSQL 15, does not answer or refuses it, or where a newer program wrote the schema.
    /// </summary>
    public static async Task ApplyAsync(NpgsqlDataSource source, ILogger logger, CancellationToken ct)
    {
        var description = PostgresSettings.Describe(new NpgsqlConnectionStringBuilder(source.ConnectionString));
        try
        {
            await using (var connection = await source.OpenConnectionAsync(ct))
                CheckVersion(connection.PostgreSqlVersion, description);
            await PostgresMigrations.RunAsync(source, Schema, $"{description}, schema {Name}", logger, ct);
        }
        catch (NpgsqlException error)
        {
            throw PostgresErrors.Explain(error, description);
        }
    }

    /// <summary>Throws where a server of this version cannot hold the schema.</summary>
    internal static void CheckVersion(Version version, string description)
    {
        if (version.Major < OldestServer)
        {
            throw new OrchestraException(
                ErrorCode.InvalidConfiguration, 500,
                $"{description} is version {version}; a cluster needs PostgreSQL {OldestServer} or newer. Upgrade it, or run nodes (orchestra serve) instead of silos.");
        }
    }
}
