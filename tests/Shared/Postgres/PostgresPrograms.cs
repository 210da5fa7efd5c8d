using System.Diagnostics;

namespace Orchestra.Tests;

/// <summary>Where this machine keeps the programs of a PostgreSQL server.</summary>
internal static class PostgresPrograms
{
    /// <summary>The folder with <c>initdb</c> and <c>postgres</c>, of the newest version where there are several; null where there is none.</summary>
    public static string? Find() => Candidates().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static IEnumerable<string> Candidates()
    {
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            yield return folder;
            // A link on PATH leads to the folder of all programs.
            if (File.Exists(Path.Combine(folder, "initdb")) && File.ResolveLinkTarget(Path.Combine(folder, "initdb"), returnFinalTarget: true) is { } target)
                yield return Path.GetDirectoryName(target.FullName)!;
        }

        const string debian = "/usr/lib/postgresql";
        if (Directory.Exists(debian))
        {
            foreach (var version in Directory.GetDirectories(debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var number) ? number : 0))
                yield return Path.Combine(version, "bin");
        }

        if (AskConfiguration() is { } named)
            yield return named;
    }

    private static string? AskConfiguration()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pg_config", ["--bindir"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadLine();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
