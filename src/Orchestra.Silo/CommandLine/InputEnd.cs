namespace Orchestra.Silo.CommandLine;

/// <summary>Notices the end of the standard input.</summary>
internal sealed class InputEnd : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly Task _reading;

    /// <summary>Begins to read.</summary>
    /// <param name="ct">Counts as the end, too.</param>
    public InputEnd(CancellationToken ct)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _reading = ReadAsync();
    }

    /// <summary>Cancelled at the end.</summary>
    public CancellationToken Token => _end.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The read itself cannot be taken back; it ends with the process.
        if (_reading.IsCompleted)
            _end.Dispose();
    }

    private async Task ReadAsync()
    {
        await using var input = Console.OpenStandardInput();
        var buffer = new byte[256];
        while (await input.ReadAsync(buffer) > 0)
        {
        }

        await _end.CancelAsync();
    }
}
