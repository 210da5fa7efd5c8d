using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Verification;

/// <summary>The rules for single rows: a reservation begins, grows and ends once, in this order, and no amount has the wrong sign.</summary>
internal sealed class ReservationRules
{
    private const int MostExpiries = 100_000;
    private readonly Dictionary<string, CheckedReservation> _open = [];
    private readonly Dictionary<string, (DateTimeOffset At, Money Amount)> _expired = [];
    private readonly Queue<string> _expiries = [];
    private DateTimeOffset _expiriesKnownFrom;

    public ReservationRules(Account account)
    {
        _expiriesKnownFrom = account.Version == 0 ? DateTimeOffset.MinValue : account.LastAt.AddMilliseconds(1);
        foreach (var (id, open) in account.Open)
            _open[id] = new CheckedReservation(open.Amount, open.LeaseUntil, open.Payer, account.Version);
    }

    public IReadOnlyDictionary<string, CheckedReservation> Open => _open;

    /// <summary>What is wrong with the next row, or null.</summary>
    /// <param name="entry">The row.</param>
    /// <param name="held">What its reservation was before.</param>
    public string? Check(in LedgerEntry entry, out CheckedReservation held)
    {
        var isOpen = _open.TryGetValue(entry.ReservationId, out held);
        if (entry.IsAboutBudget)
            return CheckChange(entry);
        if (entry.Kind == LedgerEntryKind.Extend)
            return isOpen ? CheckExtension(entry, held) : $"it extends reservation {entry.ReservationId}, which is not open";
        if (entry.Payer is not { } payer)
            return "it has no payer";
        if (entry.OperationId != entry.ReservationId)
            return "its operation is not its reservation's";
        if (entry.Kind == LedgerEntryKind.Reserve)
            return isOpen ? $"it reserves {entry.ReservationId}, which is open already" : CheckReservation(entry, payer);
        return isOpen ? CheckEnd(entry, held) : CheckLateEnd(entry);
    }

    private static string? CheckChange(in LedgerEntry entry) => entry switch
    {
        { Kind: LedgerEntryKind.SetLimit, Amount.Nanos: < 0 } => $"it sets a limit of ${entry.Amount}",
        { Kind: LedgerEntryKind.Grant or LedgerEntryKind.Raise, Amount.Nanos: <= 0 } => $"it adds ${entry.Amount} to a limit",
        { Scope.IsValid: false } => "it is about a budget that cannot be",
        _ => null,
    };

    private string? CheckReservation(in LedgerEntry entry, Payer payer)
    {
        if (entry.Amount < Money.Zero)
            return $"it sets ${entry.Amount} aside";
        if (entry.Until is not { } until || until < entry.At)
            return "its lease ends before it begins";
        _open[entry.ReservationId] = new CheckedReservation(entry.Amount, until, payer, entry.Version);
        return null;
    }

    private string? CheckExtension(in LedgerEntry entry, in CheckedReservation held)
    {
        if (entry.Amount < Money.Zero || entry.Amount.Nanos > long.MaxValue - held.Amount.Nanos)
            return $"it adds ${entry.Amount} to a reservation of ${held.Amount}";
        if (entry.Until is not { } until || until < entry.At)
            return "its lease ends before it begins";
        _open[entry.ReservationId] = held with { Amount = held.Amount + entry.Amount, LeaseUntil = until };
        return null;
    }

    private string? CheckEnd(in LedgerEntry entry, in CheckedReservation held)
    {
        if (entry.Payer != held.Payer)
            return "its payer is not its reservation's";
        if (entry.Until is not null)
            return "it corrects an expiry, but its reservation is open";
        _open.Remove(entry.ReservationId);
        if (entry.Kind == LedgerEntryKind.Settle)
            return entry.Amount < Money.Zero ? $"it settles ${entry.Amount}" : null;
        if (entry.Kind == LedgerEntryKind.Release)
            return entry.Amount.IsZero ? null : $"it bills ${entry.Amount} for a reservation that was released";
        Remember(entry);
        return entry.Amount != held.Amount ? $"it bills ${entry.Amount} where ${held.Amount} were reserved"
            : held.LeaseUntil > entry.At ? FormattableString.Invariant($"the reservation expires before its lease ends at {held.LeaseUntil:O}") : null;
    }

    private string? CheckLateEnd(in LedgerEntry entry)
    {
        if (entry.Kind != LedgerEntryKind.Settle)
            return $"it ends reservation {entry.ReservationId}, which is not open";
        if (entry.Until is not { } until)
            return entry.Amount >= Money.Zero && !(entry.Amount.IsZero && entry.Uncovered.IsZero) ? null : $"it settles ${entry.Amount} for a reservation that is not open";
        if (!_expired.Remove(entry.ReservationId, out var expiry))
            return until < _expiriesKnownFrom ? null : "it corrects an expiry that is not there";
        return expiry.At != until ? "it corrects an expiry of another time" : entry.Amount.Nanos < -expiry.Amount.Nanos ? "it gives back more than the expiry billed" : null;
    }

    /// <summary>Remembers the last expiries; a settlement comes at most some hours later.</summary>
    private void Remember(in LedgerEntry entry)
    {
        _expired[entry.ReservationId] = (entry.At, entry.Amount);
        _expiries.Enqueue(entry.ReservationId);
        if (_expiries.Count > MostExpiries && _expired.Remove(_expiries.Dequeue(), out var forgotten))
            _expiriesKnownFrom = forgotten.At.AddMilliseconds(1);
    }
}
