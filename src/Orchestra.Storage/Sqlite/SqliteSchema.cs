namespace Orchestra.Storage.Sqlite;

/// <summary>One of the database files of a data directory.</summary>
/// <param name="FileName">The file's name.</param>
/// <param name="Migrations">The folder of its migrations.</param>
/// <param name="Synchronous">SQLite's <c>synchronous</c>: <c>FULL</c> where an answered commit must survive a power cut, else <c>NORMAL</c>.</param>
public sealed record SqliteSchema(string FileName, string Migrations, string Synchronous)
{
    /// <summary>Ledgers, tenants and keys.</summary>
    public static SqliteSchema Main { get; } = new("orchestra.db", "Main", "FULL");

    /// <summary>Trajectories: many bytes, of which the last second may be lost in a power cut.</summary>
    public static SqliteSchema Trajectories { get; } = new("trajectories.db", "Trajectories", "NORMAL");
}
