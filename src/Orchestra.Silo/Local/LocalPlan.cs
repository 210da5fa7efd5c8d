namespace Orchestra.Silo.Local;

/// <summary>What a cluster on one machine consists of.</summary>
/// <param name="Experts">Silos that hold experts.</param>
/// <param name="ConfigFile">The configuration file of all silos; null for the default one.</param>
/// <param name="Urls">Where the gateway listens.</param>
/// <param name="Folder">The folder of the database and the logs.</param>
/// <param name="Settings">Single settings for all silos.</param>
internal sealed record LocalPlan(int Experts, string? ConfigFile, string Urls, string Folder, IReadOnlyList<string> Settings);
