using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Core.Budgets.Verification;

/// <summary>Folds a ledger row by row into an account, and beside it the plain sums that the account must show after every row.</summary>
internal sealed class AccountCheck
{
    private readonly Account _account;
    private readonly ReservationRules _reservations;
    private readonly Dictionary<BudgetScope, ScopeTally> _tallies = [];
    private readonly Dictionary<Payer, ScopeTally[]> _paths = [];
    private Payer? _lastPayer;
    private ScopeTally[] _lastPath = [];

    public AccountCheck(Account account)
    {
        _account = account;
        foreach (var scope in account.Scopes)
            _tallies[scope] = new ScopeTally(scope) { Spent = account.SumsOf(scope).Ever };
        foreach (var open in account.Open.Values)
            Count(PathOf(open.Payer), 0, open.Amount.Nanos);
        _reservations = new ReservationRules(account);
    }

    /// <summary>The last row that is folded.</summary>
    public long Version => _account.Version;

    /// <summary>The row that the last fault is about.</summary>
    public long FaultVersion { get; private set; }

    /// <summary>Folds the next row; returns what is wrong with it, or null.</summary>
    public string? Take(in LedgerEntry entry)
    {
        FaultVersion = entry.Version;
        if (entry.Version != Version + 1)
        {
            FaultVersion = Math.Min(Version + 1, entry.Version);
            return entry.Version > Version ? $"the row is missing: row {Version} is followed by row {entry.Version}" : $"the row lies behind row {Version}";
        }

        if (entry.At < _account.LastAt)
            return FormattableString.Invariant($"its time, {entry.At:O}, lies before that of the row before it, {_account.LastAt:O}");
        if (_reservations.Check(entry, out var held) is { } wrong)
            return wrong;
        var payer = entry.Payer ?? held.Payer;
        if (payer is not null && Overspends(entry, payer, held.Amount) is { } over)
            return over;
        return Fold(entry) ?? (payer is null ? null : Compare(payer, entry, held.Amount));
    }

    /// <summary>Whether a stored state is that of the present row.</summary>
    public bool Equals(LedgerSnapshot snapshot) => _account.ToSnapshot().ToLedger() == snapshot;

    /// <summary>What is wrong with sums of what was spent up to the present row, or null.</summary>
    public string? CompareSpend(SpendTotals totals)
    {
        var sums = new Dictionary<BudgetScope, Int128>();
        foreach (var (payer, nanos) in totals.Payers)
        {
            foreach (var tally in PathOf(payer))
                sums[tally.Scope] = sums.GetValueOrDefault(tally.Scope) + nanos;
        }

        foreach (var (scope, tally) in _tallies)
        {
            if (sums.GetValueOrDefault(scope) != tally.Spent)
                return $"up to this row {scope} spent ${ReportAmount.Of(tally.Spent)}, but the sums of what was spent hold ${ReportAmount.Of(sums.GetValueOrDefault(scope))}";
        }

        return null;
    }

    /// <summary>What is wrong with any scope at the end, or null.</summary>
    public string? CompareAll()
    {
        var held = _reservations.Open.Values.SelectMany(open => PathOf(open.Payer!).Select(tally => (tally.Scope, open.Amount.Nanos)))
            .GroupBy(pair => pair.Scope).ToDictionary(group => group.Key, group => group.Aggregate(Int128.Zero, (sum, pair) => sum + pair.Nanos));
        foreach (var (scope, tally) in _tallies)
        {
            if (Compare(tally) is { } wrong)
                return wrong;
            if (held.GetValueOrDefault(scope) != tally.Reserved)
                return $"{scope} holds ${ReportAmount.Of(tally.Reserved)}, but its open reservations are ${ReportAmount.Of(held.GetValueOrDefault(scope))}";
        }

        return _account.Open.Count == _reservations.Open.Count ? null : $"the account has {_account.Open.Count} open reservations, the rows {_reservations.Open.Count}";
    }

    /// <summary>The first row whose reservation is still open though its lease ended longer than a grace before the last row, or null.</summary>
    public (long Version, string Message)? Forgotten(TimeSpan grace)
    {
        foreach (var (id, open) in _reservations.Open.OrderBy(pair => pair.Value.Version))
        {
            if (_account.LastAt - open.LeaseUntil > grace)
                return (open.Version, FormattableString.Invariant($"reservation {id} is still open, though its lease ended at {open.LeaseUntil:O} and the ledger goes on until {_account.LastAt:O}"));
        }

        return null;
    }

    /// <summary>What an operation of a call sets aside or bills beyond what is set aside already must fit every budget of its payer.</summary>
    private string? Overspends(in LedgerEntry entry, Payer payer, Money held)
    {
        var sets = entry.Kind is LedgerEntryKind.Reserve or LedgerEntryKind.Extend;
        if (!sets && (entry.Kind != LedgerEntryKind.Settle || entry.Amount <= held))
            return null;
        var more = sets ? entry.Amount : entry.Amount - held;
        return _account.Refuses(payer, more, entry.At) is { } budget
            ? $"it {(sets ? "sets" : "bills")} ${more} {(sets ? "aside" : "more than was reserved")} where the {budget.Window} budget of {budget.Scope} has ${budget.Available} left of ${budget.Limit}"
            : null;
    }

    private string? Fold(in LedgerEntry entry)
    {
        try
        {
            _account.Apply(entry);
            return null;
        }
        catch (Exception error) when (error is InvalidDataException or FormatException or ArgumentException or OverflowException)
        {
            return $"it cannot follow on the rows before it ({error.Message})";
        }
    }

    private string? Compare(Payer payer, in LedgerEntry entry, Money held)
    {
        var path = PathOf(payer);
        var sets = entry.Kind is LedgerEntryKind.Reserve or LedgerEntryKind.Extend;
        Count(path, sets ? 0 : entry.Amount.Nanos, sets ? entry.Amount.Nanos : -(Int128)held.Nanos);
        foreach (var tally in path)
        {
            if (Compare(tally) is { } wrong)
                return wrong;
        }

        return null;
    }

    private string? Compare(ScopeTally tally)
    {
        var (ever, reserved) = _account.SumsOf(tally.Scope);
        if (ever != tally.Spent)
            return $"{tally.Scope} spent ${ReportAmount.Of(tally.Spent)}, but its account shows ${ReportAmount.Of(ever)}";
        return reserved == tally.Reserved ? null : $"{tally.Scope} holds ${ReportAmount.Of(tally.Reserved)}, but its account shows ${ReportAmount.Of(reserved)}";
    }

    private static void Count(ScopeTally[] path, Int128 spent, Int128 reserved)
    {
        foreach (var tally in path)
        {
            tally.Spent += spent;
            tally.Reserved += reserved;
        }
    }

    private ScopeTally[] PathOf(Payer payer)
    {
        if (ReferenceEquals(payer, _lastPayer))
            return _lastPath;
        if (!_paths.TryGetValue(payer, out var path))
        {
            _paths[payer] = path =
            [
                Tally(BudgetScope.Tenant), .. payer.TeamId.Length > 0 ? [Tally(BudgetScope.Team(payer.TeamId))] : Array.Empty<ScopeTally>(),
                .. payer.UserId.Length > 0 ? [Tally(BudgetScope.User(payer.UserId))] : Array.Empty<ScopeTally>(),
                .. payer.KeyId.Length > 0 ? [Tally(BudgetScope.Key(payer.KeyId))] : Array.Empty<ScopeTally>(),
            ];
        }

        (_lastPayer, _lastPath) = (payer, path);
        return path;
    }

    private ScopeTally Tally(BudgetScope scope)
    {
        if (!_tallies.TryGetValue(scope, out var tally))
            _tallies[scope] = tally = new ScopeTally(scope);
        return tally;
    }
}
