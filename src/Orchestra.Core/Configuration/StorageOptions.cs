namespace Orchestra.Core.Configuration;

/// <summary>Where tenants, ledgers and trajectories are kept.</summary>
public sealed class StorageOptions
{
    /// <summary>The <see cref="Kind"/> of a database in files.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>The <see cref="Kind"/> of a database on a server.</summary>
    public const string Postgres = "postgres";

    /// <summary>The store: <c>sqlite</c>, which needs nothing installed, or <c>postgres</c>, which several nodes may share. Default <c>sqlite</c>.</summary>
    public string Kind { get; set; } = Sqlite;

    /// <summary>sqlite: the folder of the database files. Default <c>data</c>; <c>--data</c> takes precedence.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>postgres: how the database is reached. Default: what the environment variable <c>ORCHESTRA_POSTGRES</c> holds, so that no password stands in a file.</summary>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>postgres: the most connections at once. Default 16, from 4 to 500.</summary>
    public int MaxConnections { get; set; } = 16;

    /// <summary>postgres: how long a statement may take. Default 30 seconds, from one second to ten minutes.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
