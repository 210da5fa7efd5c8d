using System.Diagnostics;

namespace Orchestra.Cluster.Tests.Schema;

/// <summary>A silo in a process of its own, so that a test can kill it.</summary>
internal static class SiloProcess
{
    private const string Connection = "ORCHESTRA_TEST_SILO_POSTGRES";
    private const string Up = "up";

    /// <summary>Starts one and waits until it is a member.</summary>
    public static async Task<Process> StartAsync(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SiloProcess).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { [Connection] = connectionString },
        };
        var process = Process.Start(start)!;
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(120), TimeProvider.System);
        (await process.StandardOutput.ReadLineAsync(bound.Token)).ShouldBe(Up);
        return process;
    }

    /// <summary>The silo's side: it ends with the test that started it.</summary>
    public static async Task Main()
    {
        await using var silo = await TestSilo.StartAsync(Environment.GetEnvironmentVariable(Connection)!, "killed");
        await Console.Out.WriteLineAsync(Up);
        await Console.In.ReadToEndAsync();
    }
}
