namespace Orchestra.Silo.Local;

/// <summary>Where this machine keeps the programs of a PostgreSQL server.</summary>
internal static class PostgresPrograms
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>, of the newest version where there are several; null where there is none.</summary>
    public static string? Find() => Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static IEnumerable<string> Candidates()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var installed = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return onPath.Concat(installed
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin")));
    }
}
