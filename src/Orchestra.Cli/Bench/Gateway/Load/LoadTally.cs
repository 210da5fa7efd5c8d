namespace Orchestra.Cli.Bench.Gateway.Load;

/// <summary>What one connection saw.</summary>
internal sealed class LoadTally
{
    /// <summary>The latencies of good answers in ticks of the clock.</summary>
    public List<long> Latencies { get; } = new(4096);

    public long Failures { get; private set; }

    public string? FirstFailure { get; private set; }

    public void Fail(string reason)
    {
        Failures++;
        FirstFailure ??= reason;
    }
}
