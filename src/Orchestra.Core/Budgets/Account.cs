namespace Orchestra.Core.Budgets;

/// <summary>
/// A tenant's money: the state machine that decides operations, and the fold over the tenant's ledger. It does no input or output and reads
/// no clock; the same entries give the same state, and the same state, operation and time the same decision.
/// </summary>
/// <remarks>
/// Invariants:
/// 1. Spent in the window + reserved ≤ limit after every reserve or extend that sets money aside.
/// 2. Spent in all = the sum of the amounts of all settle and expire entries. Reserved = the sum of the amounts of open reservations.
/// 3. A reservation ends once: by a settlement with its cost, by a release where its caller never learned of it, or, when its lease is over, by
///    an expiry that bills what was reserved.
/// 4. A settlement is always recorded: beyond the reservation or the limit, and where no reservation is known. One that comes after the expiry
///    records the difference to what the expiry billed (it may be negative) and carries the expiry's time in
///    <see cref="LedgerEntry.LeaseUntil"/>, so that expiry and settlement together are the cost.
/// 5. An operation's id counts once. The account remembers open reservations and the last entries; the store's unique index on
///    (tenant, operation id) guards the rest, and what it finds is given to <see cref="Recall"/>.
/// 6. What is settled counts in the window in which it is settled; what is reserved counts in every window. What a late settlement gives back
///    counts only in windows that hold the expiry, so that no window is enlarged by an earlier one.
/// 7. The account's clock ticks in milliseconds and never goes back: the time of an operation is at least that of the last entry.
/// </remarks>
/// <param name="tenantId">Whose money.</param>
public sealed class Account(string tenantId)
{
    private const int Remembered = 64;
    private readonly Dictionary<string, OpenReservation> _open = [];
    private readonly RecentEntries _recent = new(Remembered);
    private readonly List<Undo> _proposed = [];
    private AccountSums _sums = new(0, DateTimeOffset.MinValue, null, BudgetWindow.Total, 0, 0, 0, 0);

    /// <summary>Restores the account that a snapshot describes.</summary>
    public Account(AccountSnapshot snapshot)
        : this(snapshot.TenantId)
    {
        _sums = snapshot.ToSums();
        foreach (var reservation in snapshot.Open)
            _open.Add(reservation.Id, reservation.ToOpen());
    }

    private readonly record struct Undo(AccountSums Sums, LedgerEntry Entry, OpenReservation? Before);

    /// <summary>Whose money.</summary>
    public string TenantId { get; } = tenantId;

    /// <summary>Entries folded so far, proposed ones included.</summary>
    public long Version => _sums.Version;

    /// <summary>The latest time of any entry.</summary>
    public DateTimeOffset LastAt => _sums.LastAt;

    /// <summary>Reservations that have not ended, by id.</summary>
    public IReadOnlyDictionary<string, OpenReservation> Open => _open;

    /// <summary>Whether there are proposed entries that are neither confirmed nor withdrawn.</summary>
    public bool HasProposals => _proposed.Count > 0;

    /// <summary>Decides to set money aside.</summary>
    /// <param name="reservation">What to set aside, for whom.</param>
    /// <param name="now">The time.</param>
    /// <param name="lease">How long the lease is.</param>
    public AccountDecision Reserve(Reservation reservation, DateTimeOffset now, TimeSpan lease)
    {
        if (_recent.Find(reservation.Id) is { } known)
            return Repeated(known.Kind == LedgerEntryKind.Reserve && known.Amount == reservation.Amount && known.KeyId == reservation.KeyId &&
                known.Expert == reservation.Expert && known.TrajectoryId == reservation.TrajectoryId, _recent.Find(ReleaseId(reservation.Id)) is not null);
        if (_open.ContainsKey(reservation.Id))
            return new(AccountOutcome.Forgotten);
        if (_recent.Find(SettleId(reservation.Id)) is not null)
            return new(AccountOutcome.Ended);
        if (reservation.Amount < Money.Zero)
            return new(AccountOutcome.BadAmount);
        var at = AtLeast(now);
        return _sums.Allows(reservation.Amount, at)
            ? new(AccountOutcome.Append, new LedgerEntry(
                TenantId, Version + 1, at, LedgerEntryKind.Reserve, reservation.Id, reservation.Id, reservation.Amount, default, at + lease,
                reservation.KeyId, reservation.Expert, reservation.TrajectoryId))
            : new(AccountOutcome.Refused);
    }

    /// <summary>Decides to add a slice to a reservation and to renew its lease.</summary>
    /// <param name="reservation">The reservation as the caller knows it.</param>
    /// <param name="operationId">The operation.</param>
    /// <param name="more">What to add.</param>
    /// <param name="now">The time.</param>
    /// <param name="lease">How long the lease is.</param>
    /// <param name="recalled">Whether the store was asked for these operations just now.</param>
    public AccountDecision Extend(Reservation reservation, string operationId, Money more, DateTimeOffset now, TimeSpan lease, bool recalled)
    {
        if (_recent.Find(operationId) is { } known)
            return Repeated(known.Kind == LedgerEntryKind.Extend && known.ReservationId == reservation.Id && known.Amount == more);
        if (!_open.TryGetValue(reservation.Id, out var held))
            return new(recalled ? AccountOutcome.Ended : AccountOutcome.Forgotten);
        if (more < Money.Zero || more.Nanos > long.MaxValue - Money.Larger(held.Amount, reservation.Amount).Nanos)
            return new(AccountOutcome.BadAmount);
        var at = AtLeast(now);
        return _sums.Allows(more, at)
            ? new(AccountOutcome.Append, Entry(LedgerEntryKind.Extend, operationId, reservation.Id, more, at, at + lease, held))
            : new(AccountOutcome.Refused);
    }

    /// <summary>Decides to end a reservation with what the call cost.</summary>
    /// <param name="reservation">The reservation as the caller knows it.</param>
    /// <param name="operationId">The operation, <see cref="SettleId"/>.</param>
    /// <param name="actual">What the call cost.</param>
    /// <param name="now">The time.</param>
    /// <param name="recalled">Whether the store was asked for these operations just now.</param>
    public AccountDecision Settle(Reservation reservation, string operationId, Money actual, DateTimeOffset now, bool recalled)
    {
        if (actual < Money.Zero)
            return new(AccountOutcome.BadAmount);
        var at = AtLeast(now);
        var expired = _recent.Find(ExpireId(reservation.Id));
        if (_recent.Find(operationId) is { } known)
        {
            if (known.LeaseUntil is not null && expired is null && !recalled)
                return new(AccountOutcome.Forgotten);
            return Repeated(known.Amount.Nanos == actual.Nanos - (expired?.Amount.Nanos ?? 0));
        }

        if (_open.TryGetValue(reservation.Id, out var held))
            return new(AccountOutcome.Append, Entry(LedgerEntryKind.Settle, operationId, reservation.Id, actual, at, null, held));
        if (expired is not null)
            return new(AccountOutcome.Append, expired with
            {
                Version = Version + 1, At = at, Kind = LedgerEntryKind.Settle, OperationId = operationId, Amount = actual - expired.Amount,
                LeaseUntil = expired.At,
            });
        if (!recalled)
            return new(AccountOutcome.Forgotten);
        var unreserved = new OpenReservation(Money.Zero, at, reservation.KeyId, reservation.Expert, reservation.TrajectoryId);
        return actual.IsZero
            ? new(AccountOutcome.AlreadyDone)
            : new(AccountOutcome.Append, Entry(LedgerEntryKind.Settle, operationId, reservation.Id, actual, at, null, unreserved));
    }

    /// <summary>Decides to end a reservation whose caller never learned of it, at no cost.</summary>
    public AccountDecision Release(string reservationId, DateTimeOffset now) => _open.TryGetValue(reservationId, out var held)
        ? new(AccountOutcome.Append, Entry(LedgerEntryKind.Settle, ReleaseId(reservationId), reservationId, Money.Zero, AtLeast(now), null, held))
        : new(AccountOutcome.AlreadyDone);

    /// <summary>Decides to end a reservation whose lease is over.</summary>
    public AccountDecision Expire(string reservationId, DateTimeOffset now)
    {
        var at = AtLeast(now);
        return _open.TryGetValue(reservationId, out var held) && held.LeaseUntil <= at
            ? new(AccountOutcome.Append, Entry(LedgerEntryKind.Expire, ExpireId(reservationId), reservationId, held.Amount, at, null, held))
            : new(AccountOutcome.AlreadyDone);
    }

    /// <summary>Decides to set, change or remove (null) the limit.</summary>
    public AccountDecision SetLimit(string operationId, Money? limit, BudgetWindow window, DateTimeOffset now)
    {
        var amount = limit ?? Money.Max;
        if (_recent.Find(operationId) is { } known)
            return Repeated(known.Kind == LedgerEntryKind.SetLimit && known.Amount == amount && known.Window == window);
        return amount < Money.Zero
            ? new(AccountOutcome.BadAmount)
            : new(AccountOutcome.Append, new LedgerEntry(
                TenantId, Version + 1, AtLeast(now), LedgerEntryKind.SetLimit, operationId, string.Empty, amount, window, null, string.Empty, string.Empty, string.Empty));
    }

    /// <summary>The account as people see it at a time.</summary>
    public BudgetState StateAt(DateTimeOffset now) => _sums.StateAt(AtLeast(now));

    /// <summary>Folds a durable entry into the state; throws <see cref="InvalidDataException"/> where it does not follow.</summary>
    public void Apply(LedgerEntry entry)
    {
        Fold(entry);
        _recent.Add(entry);
    }

    /// <summary>Folds an entry that is not yet durable, so that the next operation is decided behind it.</summary>
    public void Propose(LedgerEntry entry)
    {
        _proposed.Add(new Undo(_sums, entry, _open.TryGetValue(entry.ReservationId, out var before) ? before : null));
        Apply(entry);
    }

    /// <summary>The proposed entries are durable.</summary>
    public void Confirm() => _proposed.Clear();

    /// <summary>The proposed entries are not durable: the state is as it was before them.</summary>
    public void Withdraw()
    {
        for (var i = _proposed.Count - 1; i >= 0; i--)
        {
            var undo = _proposed[i];
            _sums = undo.Sums;
            _recent.Remove(undo.Entry.OperationId);
            if (undo.Before is { } before)
                _open[undo.Entry.ReservationId] = before;
            else
                _open.Remove(undo.Entry.ReservationId);
        }

        _proposed.Clear();
    }

    /// <summary>Reminds the account of entries that it has folded and forgotten.</summary>
    public void Recall(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
            _recent.Add(entry);
    }

    /// <summary>The state without its memory of ended operations.</summary>
    public AccountSnapshot ToSnapshot() => AccountSnapshot.From(TenantId, _sums, _open);

    /// <summary>The id of the operation that settles a reservation.</summary>
    public static string SettleId(string reservationId) => reservationId + "/settle";

    /// <summary>The id of the operation that releases a reservation whose caller never learned of it.</summary>
    public static string ReleaseId(string reservationId) => reservationId + "/release";

    /// <summary>The id of the operation that expires a reservation.</summary>
    public static string ExpireId(string reservationId) => reservationId + "/expire";

    private static AccountDecision Repeated(bool same, bool released = false) =>
        new(!same ? AccountOutcome.Mismatch : released ? AccountOutcome.Ended : AccountOutcome.AlreadyDone);

    private DateTimeOffset AtLeast(DateTimeOffset now)
    {
        var at = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        return at > LastAt ? at : LastAt;
    }

    private LedgerEntry Entry(
        LedgerEntryKind kind, string operationId, string reservationId, Money amount, DateTimeOffset at, DateTimeOffset? leaseUntil, OpenReservation held) =>
        new(TenantId, Version + 1, at, kind, operationId, reservationId, amount, default, leaseUntil, held.KeyId, held.Expert, held.TrajectoryId);

    private void Fold(LedgerEntry entry)
    {
        if (entry.Version != Version + 1)
            throw new InvalidDataException($"Entry {entry.Version} of tenant {TenantId} does not follow on entry {Version}: the ledger has a gap.");
        var moved = _sums.MovedTo(entry.At) with { Version = entry.Version };
        switch (entry.Kind)
        {
            case LedgerEntryKind.SetLimit:
                moved = moved with { Limit = entry.Amount == Money.Max ? null : entry.Amount, Window = entry.Window };
                break;
            case LedgerEntryKind.Reserve:
                if (!_open.TryAdd(entry.ReservationId, new OpenReservation(entry.Amount, Lease(entry), entry.KeyId, entry.Expert, entry.TrajectoryId)))
                    throw Broken(entry);
                moved = moved with { Reserved = moved.Reserved + entry.Amount.Nanos };
                break;
            case LedgerEntryKind.Extend:
                if (!_open.TryGetValue(entry.ReservationId, out var held))
                    throw Broken(entry);
                _open[entry.ReservationId] = held with { Amount = held.Amount + entry.Amount, LeaseUntil = Lease(entry) };
                moved = moved with { Reserved = moved.Reserved + entry.Amount.Nanos };
                break;
            case LedgerEntryKind.Settle or LedgerEntryKind.Expire:
                if (_open.Remove(entry.ReservationId, out var ended))
                    moved = moved with { Reserved = moved.Reserved - ended.Amount.Nanos };
                moved = moved.Spending(entry.Amount, entry.LeaseUntil ?? entry.At);
                break;
            default:
                throw Broken(entry);
        }

        _sums = moved;
    }

    private static DateTimeOffset Lease(LedgerEntry entry) => entry.LeaseUntil ?? throw Broken(entry);

    private static InvalidDataException Broken(LedgerEntry entry) =>
        new($"Entry {entry.Version} ({entry.Kind}) of tenant {entry.TenantId} is impossible after the entries before it: the ledger is damaged.");
}
