using System.Diagnostics;

namespace Orchestra.Deployment.Tests;

/// <summary>A program of the machine; tests that need one that is absent are skipped and say so.</summary>
internal static class ExternalTool
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    /// <summary>Whether it is on PATH.</summary>
    public static bool IsThere(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string name, params string[] arguments)
    {
        Skip.IfNot(IsThere(name), $"'{name}' is not on PATH, so what it renders was not checked.");
        using var process = Process.Start(new ProcessStartInfo(name, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var bound = new CancellationTokenSource(Bound);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(bound.Token);
            var errors = process.StandardError.ReadToEndAsync(bound.Token);
            await process.WaitForExitAsync(bound.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException stopped)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{name} {string.Join(' ', arguments)}' did not end in {Bound.TotalMinutes:0} minutes.", stopped);
        }
    }
}
