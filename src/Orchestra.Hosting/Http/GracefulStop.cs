using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Orchestra.Hosting.Http;

/// <summary>Waits for the signal to stop, and lets what is under way end.</summary>
public static class GracefulStop
{
    /// <summary>Waits until the token is cancelled (Ctrl-C, SIGTERM), then stops the host; a second Ctrl-C cuts off the queries under way.</summary>
    /// <param name="host">The host.</param>
    /// <param name="timeout">How long queries under way may take to end.</param>
    /// <param name="output">Takes a sentence for the operator.</param>
    /// <param name="ct">Cancelled to stop.</param>
    public static async Task WaitAsync(IHost host, TimeSpan timeout, TextWriter output, CancellationToken ct)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var waiting = ct.Register(asked.SetResult);
        await asked.Task;
        using var impatient = new CancellationTokenSource();
        using var second = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => impatient.Cancel());
        await output.WriteLineAsync($"Stopping: queries under way have {timeout:g} to end; Ctrl-C cuts them off.");
        await output.FlushAsync(CancellationToken.None);
        await host.StopAsync(impatient.Token);
    }
}
