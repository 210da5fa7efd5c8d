using System.Runtime.InteropServices;

namespace Orchestra.Silo.CommandLine;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancellation, so that the silo can stop in order.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    /// <summary>Begins to listen.</summary>
    /// <param name="ignoresInterrupt">Whether Ctrl-C, which a terminal sends to all programs in front, is for another one.</param>
    public StopSignals(bool ignoresInterrupt)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, ignoresInterrupt ? static context => context.Cancel = true : Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }
}
