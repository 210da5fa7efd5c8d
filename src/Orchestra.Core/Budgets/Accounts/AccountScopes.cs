using System.Runtime.InteropServices;

namespace Orchestra.Core.Budgets.Accounts;

/// <summary>Every scope of a tenant that has spent or has budgets, in one place, so that a reservation passes all of them at once or changes nothing.</summary>
internal sealed class AccountScopes
{
    private const int Levels = 4;
    private readonly Dictionary<BudgetScope, ScopeAccount> _scopes = [];
    private readonly ScopeAccount[] _path = new ScopeAccount[Levels];
    private Payer? _pathOf;
    private int _pathLength;
    private readonly List<ScopeUndo> _undo = [];

    public AccountScopes() => Tenant = _scopes[BudgetScope.Tenant] = new ScopeAccount(BudgetScope.Tenant);

    public ScopeAccount Tenant { get; }

    public AccountCalendar Calendar { get; set; } = new(TimeZoneInfo.Utc);

    /// <summary>Whether changes are noted, to be taken back.</summary>
    public bool KeepsUndo { get; set; }

    public IEnumerable<ScopeAccount> All => _scopes.Values.OrderBy(scope => scope.Scope.Level).ThenBy(scope => scope.Scope.Id, StringComparer.Ordinal);

    /// <summary>The entry that changed a budget or the time zone last; 0 for none.</summary>
    public long ChangedIn => _scopes.Values.SelectMany(scope => scope.Budgets).Select(budget => budget.ChangedIn).Append(Calendar.ChangedIn).Max();

    public ScopeAccount? Find(BudgetScope scope) => _scopes.GetValueOrDefault(scope);

    public ScopeAccount Get(BudgetScope scope)
    {
        if (!_scopes.TryGetValue(scope, out var found))
            _scopes[scope] = found = new ScopeAccount(scope);
        return found;
    }

    /// <summary>The budget that does not allow this much more, with the least left of all that do not; null where every one allows it.</summary>
    public BudgetState? Refuses(Payer payer, Money more, long now)
    {
        if (more.IsZero)
            return null;
        ref readonly var starts = ref Calendar.StartsAt(now);
        (ScopeAccount Scope, Budget Budget)? refusing = null;
        var least = Int128.MaxValue;
        foreach (var scope in Known(payer))
        {
            foreach (var budget in scope.Budgets)
            {
                if (budget.Limit is null)
                    continue;
                var left = scope.LeftIn(budget, now, starts);
                if (left >= more.Nanos || left >= least)
                    continue;
                least = left;
                refusing = (scope, budget);
            }
        }

        return refusing is { } found ? StateOf(found.Scope, found.Budget, now) : null;
    }

    /// <summary>As much as every budget of a payer still allows; the largest amount where none limits it.</summary>
    public Money AllowedTo(Payer payer, long now)
    {
        var starts = Calendar.StartsAt(now);
        Int128 least = long.MaxValue;
        foreach (var scope in Known(payer))
        {
            foreach (var budget in scope.Budgets)
            {
                if (budget.Limit is not null)
                    least = Int128.Min(least, scope.LeftIn(budget, now, starts));
            }
        }

        return Shown(Int128.Max(0, least));
    }

    /// <summary>The tightest budget of a payer; null where it has none.</summary>
    /// <param name="payer">Who pays.</param>
    /// <param name="now">The time.</param>
    /// <param name="lines">The installation's warning lines.</param>
    public BudgetUsage? UsageOf(Payer payer, long now, IReadOnlyList<int> lines)
    {
        ref readonly var starts = ref Calendar.StartsAt(now);
        BudgetUsage? tightest = null;
        foreach (var scope in Known(payer))
        {
            foreach (var budget in scope.Budgets)
            {
                if (budget.Limit is null)
                    continue;
                var left = Int128.Max(0, scope.LeftIn(budget, now, starts));
                var limit = budget.LimitAt(now);
                var line = (budget.Lines ?? lines) is [.., var last] ? last / 100.0 : 1;
                var used = limit == 0 ? 1 : 1 - ((double)left / (double)limit);
                var pressure = used >= 1 ? 1 : used <= line ? 0 : (used - line) / (1 - line);
                if (tightest is null || pressure > tightest.Value.Pressure || (pressure == tightest.Value.Pressure && left < tightest.Value.Left.Nanos))
                    tightest = new BudgetUsage(scope.Scope, budget.Window, Shown(left), pressure);
            }
        }

        return tightest;
    }

    public void Reserve(Payer payer, Money more)
    {
        foreach (var scope in PathOf(payer))
        {
            Note(scope, 0, 0, 0);
            scope.Reserve(more.Nanos);
        }
    }

    public void Spend(Payer payer, Money released, Money spent, long billedAt, long now)
    {
        ref readonly var starts = ref Calendar.StartsAt(now);
        foreach (var scope in PathOf(payer))
        {
            Note(scope, spent.Nanos, billedAt, now);
            if (!released.IsZero)
                scope.Reserve(-(Int128)released.Nanos);
            if (!spent.IsZero)
                scope.Spend(spent.Nanos, billedAt, now, starts);
        }
    }

    /// <summary>Notes what a scope is before it is changed by anything but money.</summary>
    public void Note(ScopeAccount scope) => Note(scope, 0, 0, 0);

    /// <summary>What is noted is not to be taken back.</summary>
    public void Forget()
    {
        foreach (ref readonly var undo in CollectionsMarshal.AsSpan(_undo))
            undo.Account.TrimRolling(undo.At);
        _undo.Clear();
    }

    /// <summary>Takes back everything that is noted.</summary>
    public void Withdraw()
    {
        for (var i = _undo.Count - 1; i >= 0; i--)
            _undo[i].Run();
        _undo.Clear();
    }

    public BudgetState StateOf(ScopeAccount scope, Budget budget, long now)
    {
        ref readonly var starts = ref Calendar.StartsAt(now);
        var start = starts.Of(budget.Window, now);
        var end = Calendar.EndOf(budget.Window, now);
        return new BudgetState(
            scope.Scope, budget.Window, budget.Limit is null ? null : Shown(budget.LimitAt(now)), Shown(budget.ExtraAt(now)), Shown(scope.SpentIn(budget, now, starts)),
            Shown(scope.Sums.Reserved), start == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(start),
            end is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null, budget.Lines)
        {
            Base = budget.Limit, Extras = budget.Extras.Count == 0 ? [] : [.. budget.Extras.Where(extra => extra.Counts(now))], Version = budget.ChangedIn,
        };
    }

    public static Money Shown(Int128 nanos) => new((long)Int128.Clamp(nanos, long.MinValue, long.MaxValue));

    private void Note(ScopeAccount scope, Int128 spent, long billedAt, long now)
    {
        if (KeepsUndo)
            _undo.Add(new ScopeUndo(scope, scope.Sums, scope.Budgets, spent, billedAt, now));
        else if (spent != 0)
            scope.TrimRolling(now);
    }

    /// <summary>The payer's scopes that are known; others have neither budgets nor numbers.</summary>
    public ReadOnlySpan<ScopeAccount> Known(Payer payer) => PathOf(payer, creates: false);

    /// <summary>The zone of the calendar changes; what is counted in the present windows stays counted.</summary>
    public void ChangeZone(AccountCalendar calendar, long now)
    {
        ref readonly var starts = ref Calendar.StartsAt(now);
        foreach (var scope in _scopes.Values)
        {
            if (scope.Sums.At == 0)
                continue;
            Note(scope);
            scope.Sums = scope.Sums.MovedTo(now, starts);
        }

        Calendar = calendar;
    }

    // A decision and its fold ask for the same payer several times, and scopes are never removed.
    private ReadOnlySpan<ScopeAccount> PathOf(Payer payer, bool creates = true)
    {
        if (ReferenceEquals(payer, _pathOf))
            return _path.AsSpan(0, _pathLength);
        _pathOf = null;
        var (count, isWhole) = (0, true);
        _path[count++] = Tenant;
        Add(payer.TeamId, BudgetLevel.Team);
        Add(payer.UserId, BudgetLevel.User);
        Add(payer.KeyId, BudgetLevel.Key);
        if (isWhole)
            (_pathOf, _pathLength) = (payer, count);
        return _path.AsSpan(0, count);

        void Add(string id, BudgetLevel level)
        {
            if (id.Length == 0)
                return;
            var scope = new BudgetScope(level, id);
            if (creates)
                _path[count++] = Get(scope);
            else if (_scopes.TryGetValue(scope, out var known))
                _path[count++] = known;
            else
                isWhole = false;
        }
    }
}
