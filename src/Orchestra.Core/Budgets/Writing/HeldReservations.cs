namespace Orchestra.Core.Budgets.Writing;

/// <summary>
/// The reservations whose calls are under way on this host; used by the writer's loop only. Their leases are renewed until they are settled, but not
/// for ever: a caller that forgets one must not hold money until the host stops.
/// </summary>
internal sealed class HeldReservations(TimeProvider time, IdGenerator ids, LedgerBudgetsOptions options)
{
    private readonly Dictionary<(string Tenant, string Id), Held> _held = [];

    private readonly record struct Held(Reservation Reservation, long Since);

    /// <summary>Notes what a done operation means for this host.</summary>
    public void Note(BudgetOperation operation)
    {
        if (options.Renews && operation is ReserveOperation { IsGranted: true } reserve)
            _held.TryAdd((reserve.TenantId, reserve.Reservation.Id), new Held(reserve.Reservation, time.GetTimestamp()));
    }

    /// <summary>The call is over, or its caller never learned of the reservation.</summary>
    public void Forget(BudgetOperation operation)
    {
        if (operation is SettleOperation settle)
            _held.Remove((settle.TenantId, settle.Reservation.Id));
        else if (operation is ReleaseOperation release)
            _held.Remove((release.TenantId, release.ReservationId));
    }

    /// <summary>The renewal of every lease that has less than two thirds left, up to a number of operations.</summary>
    public List<BudgetOperation> Renewals(AccountBook book, int max)
    {
        var renewals = new List<BudgetOperation>();
        if (_held.Count == 0)
            return renewals;
        var now = time.GetUtcNow();
        var stamp = time.GetTimestamp();
        foreach (var (key, held) in _held)
        {
            if (time.GetElapsedTime(held.Since, stamp) > options.LongestCall)
                _held.Remove(key);
            else if (renewals.Count < max && book.Find(key.Tenant) is { } loaded && loaded.Account.Open.TryGetValue(key.Id, out var open) &&
                open.LeaseUntil - loaded.Peek(now, stamp) < options.Lease * 2 / 3)
                renewals.Add(new RenewOperation(held.Reservation, ids.Next("renew_")));
        }

        return renewals;
    }
}
