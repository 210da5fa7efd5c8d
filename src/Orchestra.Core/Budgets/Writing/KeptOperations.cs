namespace Orchestra.Core.Budgets.Writing;

/// <summary>
/// Settlements and releases that the store has not taken yet, and when they are tried again. Their number is bounded by that of open
/// reservations.
/// </summary>
internal sealed class KeptOperations(TimeSpan firstWait)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly List<BudgetOperation> _operations = [];
    private TimeSpan? _lastWait;
    private bool _scheduled;

    public int Count => _operations.Count;

    public void Add(BudgetOperation operation) => _operations.Add(operation);

    /// <summary>Drops the release of a reservation that was granted after all.</summary>
    public void Forget(Reservation reservation)
    {
        foreach (var operation in _operations)
        {
            if (operation is ReleaseOperation release && release.ReservationId == reservation.Id && release.TenantId == reservation.TenantId)
                release.IsObsolete = true;
        }
    }

    /// <summary>Takes the oldest ones out, to try them again.</summary>
    public List<BudgetOperation> Take(int max)
    {
        _scheduled = false;
        var taken = _operations.GetRange(0, Math.Min(max, _operations.Count));
        _operations.RemoveRange(0, taken.Count);
        return taken;
    }

    /// <summary>How long to wait before the next try; null where there is nothing to try, or a try is planned.</summary>
    public TimeSpan? NextTry()
    {
        if (_operations.Count == 0)
            _lastWait = null;
        if (_scheduled || _operations.Count == 0)
            return null;
        _scheduled = true;
        _lastWait = _lastWait is not { } last ? firstWait : last * 2 < LongestWait ? last * 2 : LongestWait;
        return _lastWait;
    }
}
