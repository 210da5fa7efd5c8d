using System.Diagnostics;

namespace Orchestra.Cli.Tests.Scripts;

/// <summary>Runs a program as a user would, from a folder that is not the checkout.</summary>
internal static class Script
{
    public static async Task<ScriptResult> RunAsync(string file, IEnumerable<string> arguments, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(file)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Never build from within a test run: the assemblies under test are in use.
        start.Environment["ORCHESTRA_BUILD"] = "skip";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System);
        return new ScriptResult(process.ExitCode, await output, await error);
    }
}
