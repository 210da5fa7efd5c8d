namespace Orchestra.Gateway.Metrics;

/// <summary>How many series there may be in all, so that no label can fill the memory.</summary>
/// <param name="places">Series at most.</param>
internal sealed class SeriesAllowance(int places)
{
    private int _left = places;

    /// <summary>Takes a place for one more; false where there is none.</summary>
    public bool TryTake() => Interlocked.Decrement(ref _left) >= 0;
}
