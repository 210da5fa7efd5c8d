namespace Orchestra.Core.Configuration;

/// <summary>Where tenants, ledgers and trajectories are kept.</summary>
public sealed class StorageOptions
{
    /// <summary>The store: <c>sqlite</c>. Default <c>sqlite</c>.</summary>
    public string Kind { get; set; } = "sqlite";

    /// <summary>sqlite: the folder of the database files. Default <c>data</c>; <c>--data</c> takes precedence.</summary>
    public string Folder { get; set; } = "data";
}
