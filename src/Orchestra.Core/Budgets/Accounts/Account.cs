namespace Orchestra.Core.Budgets.Accounts;

/// <summary>
/// A tenant's money at all levels: the state machine that decides operations, and the fold over the tenant's ledger. It does no input or output and
/// reads no clock; the same entries give the same state, and the same state, operation and time the same decision.
/// </summary>
/// <remarks>
/// Invariants:
/// 1. No operation of a call brings spent in the window + reserved above the limit of any budget of the payer's tenant, team, user and key; a
///    reservation that one of them does not allow changes nothing. (Only a limit that was lowered, or extra money that ended, can lie below them.)
/// 2. Spent in all = the sum of the amounts of all settle and expire entries, for every scope. Reserved = the sum of the amounts of its open
///    reservations.
/// 3. A reservation ends once: by a settlement with its cost, by a release where its caller never learned of it, or, when its lease is over, by
///    an expiry that bills what was reserved.
/// 4. A settlement is always recorded, also where no reservation is known. What it costs beyond the reservation is billed as far as the limits allow;
///    what they do not allow is nobody's spending but stands in the row, see <see cref="LedgerEntry.Uncovered"/>. One that comes after the expiry
///    records the difference to what the expiry billed (it may be negative) and carries the expiry's time in <see cref="LedgerEntry.Until"/>, so
///    that expiry and settlement together are the cost.
/// 5. An operation's id counts once. The account remembers open reservations and the last entries; the store's unique index on
///    (tenant, operation id, slot) guards the rest, and what it finds is given to <see cref="Recall"/>.
/// 6. What is settled counts in the windows in which it is settled; what is reserved counts in every window. What a late settlement gives back
///    counts only in windows that hold the expiry and were not reset since, so that no window is enlarged by an earlier one.
/// 7. The account's clock ticks in milliseconds and never goes back: the time of an operation is at least that of the last entry, and that of a
///    change of budgets is later.
/// </remarks>
/// <param name="tenantId">Whose money.</param>
public sealed class Account(string tenantId)
{
    private const int Remembered = 64;
    private readonly Dictionary<string, OpenReservation> _open = [];
    private readonly RecentEntries _recent = new(Remembered);
    private readonly AccountScopes _scopes = new();
    private readonly List<EntryUndo> _proposed = [];
    private long _lastAt = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();

    /// <summary>Restores the account that a snapshot describes.</summary>
    public Account(AccountSnapshot snapshot)
        : this(snapshot.TenantId)
    {
        Version = snapshot.Version;
        _lastAt = snapshot.LastAt;
        snapshot.Restore(_scopes, _open);
    }

    /// <summary>Whose money.</summary>
    public string TenantId { get; } = tenantId;

    /// <summary>Entries folded so far, proposed ones included.</summary>
    public long Version { get; private set; }

    /// <summary>The latest time of any entry.</summary>
    public DateTimeOffset LastAt => DateTimeOffset.FromUnixTimeMilliseconds(_lastAt);

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
        if (_recent.TryFind(reservation.Id, LedgerEntryKind.Reserve, out var known))
        {
            return Repeated(
                known.Kind == LedgerEntryKind.Reserve && known.Amount == reservation.Amount && known.Payer == reservation.Payer &&
                known.Expert == reservation.Expert && known.TrajectoryId == reservation.TrajectoryId,
                _recent.TryFind(reservation.Id, LedgerEntryKind.Release, out _));
        }

        if (_open.ContainsKey(reservation.Id))
            return new(AccountOutcome.Forgotten);
        if (_recent.TryFind(reservation.Id, LedgerEntryKind.Settle, out _))
            return new(AccountOutcome.Ended);
        if (reservation.Amount < Money.Zero)
            return new(AccountOutcome.BadAmount);
        var at = AtLeast(now);
        if (_scopes.Refuses(reservation.Payer, reservation.Amount, Milliseconds(at)) is { } refusal)
            return new(AccountOutcome.Refused, default, refusal, refusal.Available!.Value);
        return new(AccountOutcome.Append, new LedgerEntry(
            TenantId, Version + 1, at, LedgerEntryKind.Reserve, reservation.Id, reservation.Id, reservation.Amount, at + lease, reservation.Payer, reservation.Expert,
            reservation.TrajectoryId, BudgetScope.Tenant, BudgetWindow.Total, string.Empty));
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
        if (_recent.TryFind(operationId, LedgerEntryKind.Extend, out var known))
            return Repeated(known.Kind == LedgerEntryKind.Extend && known.ReservationId == reservation.Id && known.Amount == more);
        if (!_open.TryGetValue(reservation.Id, out var held))
            return new(recalled ? AccountOutcome.Ended : AccountOutcome.Forgotten);
        if (more < Money.Zero || more.Nanos > long.MaxValue - Money.Larger(held.Amount, reservation.Amount).Nanos)
            return new(AccountOutcome.BadAmount);
        var at = AtLeast(now);
        if (_scopes.Refuses(held.Payer, more, Milliseconds(at)) is { } refusal)
            return new(AccountOutcome.Refused, default, refusal, refusal.Available!.Value);
        return new(AccountOutcome.Append, new LedgerEntry(
            TenantId, Version + 1, at, LedgerEntryKind.Extend, operationId, reservation.Id, more, at + lease, null, held.Expert, held.TrajectoryId,
            BudgetScope.Tenant, BudgetWindow.Total, string.Empty));
    }

    /// <summary>Decides to end a reservation with what the call cost.</summary>
    /// <param name="reservation">The reservation as the caller knows it.</param>
    /// <param name="actual">What the call cost.</param>
    /// <param name="now">The time.</param>
    /// <param name="recalled">Whether the store was asked for this reservation just now.</param>
    public AccountDecision Settle(Reservation reservation, Money actual, DateTimeOffset now, bool recalled)
    {
        if (actual < Money.Zero)
            return new(AccountOutcome.BadAmount);
        var at = AtLeast(now);
        var expired = _recent.TryFind(reservation.Id, LedgerEntryKind.Expire, out var expiry);
        if (_recent.TryFind(reservation.Id, LedgerEntryKind.Settle, out var known))
        {
            if (known.Until is not null && !expired && !recalled)
                return new(AccountOutcome.Forgotten);
            return Repeated((Int128)known.Amount.Nanos + known.Uncovered.Nanos == actual.Nanos - (expired ? expiry.Amount.Nanos : 0));
        }

        if (_open.TryGetValue(reservation.Id, out var held))
            return new(AccountOutcome.Append, Covered(End(LedgerEntryKind.Settle, reservation.Id, actual, at, held), held.Amount));
        if (expired)
        {
            var correction = expiry with
            {
                Version = Version + 1, At = at, Kind = LedgerEntryKind.Settle, Amount = actual - expiry.Amount, Until = expiry.At,
            };
            return new(AccountOutcome.Append, Covered(correction, Money.Zero));
        }

        if (!recalled)
            return new(AccountOutcome.Forgotten);
        var unreserved = new OpenReservation(Money.Zero, at, reservation.Payer, reservation.Expert, reservation.TrajectoryId);
        return actual.IsZero
            ? new(AccountOutcome.AlreadyDone)
            : new(AccountOutcome.Append, Covered(End(LedgerEntryKind.Settle, reservation.Id, actual, at, unreserved), Money.Zero));
    }

    /// <summary>Decides to end a reservation whose caller never learned of it, at no cost.</summary>
    public AccountDecision Release(string reservationId, DateTimeOffset now) => _open.TryGetValue(reservationId, out var held)
        ? new(AccountOutcome.Append, End(LedgerEntryKind.Release, reservationId, Money.Zero, AtLeast(now), held))
        : new(AccountOutcome.AlreadyDone);

    /// <summary>Decides to end a reservation whose lease is over.</summary>
    public AccountDecision Expire(string reservationId, DateTimeOffset now)
    {
        var at = AtLeast(now);
        return _open.TryGetValue(reservationId, out var held) && held.LeaseUntil <= at
            ? new(AccountOutcome.Append, End(LedgerEntryKind.Expire, reservationId, held.Amount, at, held))
            : new(AccountOutcome.AlreadyDone);
    }

    /// <summary>Decides to change a budget, or the time zone.</summary>
    /// <param name="change">The change.</param>
    /// <param name="now">The time.</param>
    /// <param name="recalled">Whether the store was asked for this operation just now.</param>
    public AccountDecision Change(BudgetChange change, DateTimeOffset now, bool recalled = true)
    {
        if (_recent.TryFind(change.OperationId, LedgerEntryKind.SetLimit, out var known))
            return Repeated(BudgetChanges.IsSame(known, change));
        // Later than all before it, so that its time tells what came first.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(Milliseconds(now), _lastAt + 1));
        var (outcome, entry) = BudgetChanges.Decide(_scopes, TenantId, change, at);
        // What makes no sense now may be recorded already: then it did once, and is answered as it was then.
        return outcome == AccountOutcome.Append || recalled ? new(outcome, entry with { Version = Version + 1 }) : new(AccountOutcome.Forgotten);
    }

    /// <summary>Decides to warn because what a payer has spent reached a budget's warning line; to be asked after every settlement until nothing is due.</summary>
    /// <param name="payer">Who spent.</param>
    /// <param name="lines">The installation's warning lines: per cent of a limit, rising.</param>
    /// <param name="now">The time.</param>
    public AccountDecision Warn(Payer payer, IReadOnlyList<int> lines, DateTimeOffset now)
    {
        var at = AtLeast(now);
        foreach (var scope in _scopes.Known(payer))
        {
            if (WarningLines.Due(_scopes, scope, TenantId, Version + 1, at, lines) is { } entry)
                return new(AccountOutcome.Append, entry);
        }

        return new(AccountOutcome.AlreadyDone);
    }

    /// <summary>How far the tightest budget of a payer is used up; null where none limits it.</summary>
    /// <param name="payer">Who would pay.</param>
    /// <param name="lines">The installation's warning lines.</param>
    /// <param name="now">The time.</param>
    public BudgetUsage? UsageOf(Payer payer, IReadOnlyList<int> lines, DateTimeOffset now) => _scopes.UsageOf(payer, Milliseconds(AtLeast(now)), lines);

    /// <summary>The account as people see it at a time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="payer">Whose budgets are shown; null for all.</param>
    public AccountState StateAt(DateTimeOffset now, Payer? payer = null)
    {
        var at = Milliseconds(AtLeast(now));
        var scopes = payer is null ? _scopes.All : _scopes.Known(payer).ToArray();
        return new AccountState(
            TenantId, Version, _scopes.Calendar.Zone, AccountScopes.Shown(_scopes.Tenant.Sums.Ever), AccountScopes.Shown(_scopes.Tenant.Sums.Reserved),
            [.. scopes.SelectMany(scope => scope.Budgets.Where(budget => budget.Limit is not null).Select(budget => _scopes.StateOf(scope, budget, at)))])
        {
            BudgetsVersion = _scopes.ChangedIn,
        };
    }

    /// <summary>Folds a durable entry into the state; throws <see cref="InvalidDataException"/> where it does not follow.</summary>
    public void Apply(in LedgerEntry entry)
    {
        Fold(entry);
        _recent.Add(entry);
        if (_proposed.Count == 0)
            _recent.Trim();
    }

    /// <summary>Folds an entry that is not yet durable, so that the next operation is decided behind it.</summary>
    public void Propose(in LedgerEntry entry)
    {
        _proposed.Add(new EntryUndo(
            entry.OperationId, entry.Kind, entry.ReservationId, _open.TryGetValue(entry.ReservationId, out var before) ? before : null, _lastAt, _scopes.Calendar));
        _scopes.KeepsUndo = true;
        Fold(entry);
        _scopes.KeepsUndo = false;
        _recent.Add(entry);
    }

    /// <summary>The proposed entries are durable.</summary>
    public void Confirm()
    {
        if (_proposed.Count == 0)
            return;
        _proposed.Clear();
        _scopes.Forget();
        _recent.Trim();
    }

    /// <summary>The proposed entries are not durable: the state is as it was before them.</summary>
    public void Withdraw()
    {
        _scopes.Withdraw();
        for (var i = _proposed.Count - 1; i >= 0; i--)
        {
            var undo = _proposed[i];
            Version--;
            _lastAt = undo.LastAt;
            _scopes.Calendar = undo.Calendar;
            _recent.Remove(undo.OperationId, undo.Kind);
            if (undo.Before is { } before)
                _open[undo.ReservationId] = before;
            else
                _open.Remove(undo.ReservationId);
        }

        _proposed.Clear();
        _recent.Trim();
    }

    /// <summary>Reminds the account of entries that it has folded and forgotten.</summary>
    public void Recall(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
            _recent.Add(entry);
        if (_proposed.Count == 0)
            _recent.Trim();
    }

    /// <summary>The budget that does not allow to set this much more aside, or null; for those who check decisions that were made.</summary>
    internal BudgetState? Refuses(Payer payer, Money more, DateTimeOffset at) => _scopes.Refuses(payer, more, Milliseconds(at));

    /// <summary>What a scope has spent in all and holds; nothing where it is not known.</summary>
    internal (Int128 Ever, Int128 Reserved) SumsOf(BudgetScope scope) => _scopes.Find(scope) is { Sums: var sums } ? (sums.Ever, sums.Reserved) : default;

    /// <summary>Every scope that is known.</summary>
    internal IEnumerable<BudgetScope> Scopes => _scopes.All.Select(scope => scope.Scope);

    /// <summary>The state without its memory of ended operations.</summary>
    public AccountSnapshot ToSnapshot() => AccountSnapshot.From(TenantId, Version, _lastAt, _scopes, _open);

    private static AccountDecision Repeated(bool same, bool released = false) =>
        new(!same ? AccountOutcome.Mismatch : released ? AccountOutcome.Ended : AccountOutcome.AlreadyDone);

    private DateTimeOffset AtLeast(DateTimeOffset now) => DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(Milliseconds(now), _lastAt));

    private LedgerEntry End(LedgerEntryKind kind, string reservationId, Money amount, DateTimeOffset at, in OpenReservation held) => new(
        TenantId, Version + 1, at, kind, reservationId, reservationId, amount, null, held.Payer, held.Expert, held.TrajectoryId, BudgetScope.Tenant, BudgetWindow.Total,
        string.Empty);

    /// <summary>The settlement with as much billed as was held and the limits allow beyond it; the rest is noted beside it.</summary>
    private LedgerEntry Covered(in LedgerEntry settlement, Money held)
    {
        if (settlement.Amount <= held)
            return settlement;
        var more = settlement.Amount - held;
        var allowed = Money.Min(more, _scopes.AllowedTo(PayerOf(settlement), Milliseconds(settlement.At)));
        return allowed == more ? settlement : settlement with { Amount = held + allowed, Detail = (more - allowed).ToString() };
    }

    private void Fold(in LedgerEntry entry)
    {
        if (entry.Version != Version + 1)
            throw new InvalidDataException($"Entry {entry.Version} of tenant {entry.TenantId} does not follow on entry {Version}: the ledger has a gap.");
        var now = Math.Max(Milliseconds(entry.At), _lastAt);
        switch (entry.Kind)
        {
            case LedgerEntryKind.Reserve:
                if (!_open.TryAdd(entry.ReservationId, new OpenReservation(entry.Amount, Lease(entry), PayerOf(entry), entry.Expert, entry.TrajectoryId)))
                    throw Broken(entry);
                _scopes.Reserve(PayerOf(entry), entry.Amount);
                break;
            case LedgerEntryKind.Extend:
                if (!_open.TryGetValue(entry.ReservationId, out var held))
                    throw Broken(entry);
                _open[entry.ReservationId] = held with { Amount = held.Amount + entry.Amount, LeaseUntil = Lease(entry) };
                _scopes.Reserve(held.Payer, entry.Amount);
                break;
            case LedgerEntryKind.Settle or LedgerEntryKind.Expire or LedgerEntryKind.Release:
                var reserved = _open.Remove(entry.ReservationId, out var ended) ? ended.Amount : Money.Zero;
                _scopes.Spend(PayerOf(entry), reserved, entry.Amount, Milliseconds(entry.Until ?? entry.At), now);
                break;
            case LedgerEntryKind.SetLimit or LedgerEntryKind.Grant or LedgerEntryKind.Raise or LedgerEntryKind.Reset or LedgerEntryKind.SetTimeZone or LedgerEntryKind.Warn:
                BudgetChanges.Fold(_scopes, entry, now);
                break;
            default:
                throw Broken(entry);
        }

        Version = entry.Version;
        _lastAt = now;
    }

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static DateTimeOffset Lease(in LedgerEntry entry) => entry.Until ?? throw Broken(entry);

    private static Payer PayerOf(in LedgerEntry entry) => entry.Payer ?? throw Broken(entry);

    private static InvalidDataException Broken(in LedgerEntry entry) =>
        new($"Entry {entry.Version} ({entry.Kind}) of tenant {entry.TenantId} is impossible after the entries before it: the ledger is damaged.");
}
