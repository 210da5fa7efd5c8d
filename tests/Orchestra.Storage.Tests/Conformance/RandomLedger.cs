using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>A ledger as hosts would write it, of every kind of row, over some weeks; the same seed gives the same rows.</summary>
internal sealed class RandomLedger
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly string[] Experts = ["small", "large", "docs"];
    private readonly Random _random;
    private readonly string _tenant;
    private readonly List<Reservation> _open = [];
    private readonly List<Reservation> _expired = [];
    private int _operations;

    public RandomLedger(int seed, string tenant = "acme", int rows = 400)
    {
        _random = new Random(seed);
        _tenant = tenant;
        Account = new Account(tenant);
        Now = Start;
        while (Entries.Count < rows)
            Step();
    }

    public Account Account { get; }

    public List<LedgerEntry> Entries { get; } = [];

    public DateTimeOffset Now { get; private set; }

    private string NextId => $"{_tenant}-{_operations++}";

    private void Step()
    {
        Now += TimeSpan.FromSeconds(_random.Next(0, 5_000));
        foreach (var reservation in _open.Where(one => Account.Open[one.Id].LeaseUntil <= Now).ToList())
            End(reservation, Account.Expire(reservation.Id, Now), _expired);
        switch (_random.Next(12))
        {
            case < 5:
                Reserve();
                break;
            case < 9 when _open.Count > 0:
                var settled = Any(_open);
                End(settled, Account.Settle(settled, new Money(_random.Next(0, 2_000)), Now, recalled: true), null);
                break;
            case 9 when _open.Count > 0:
                var grown = Any(_open);
                Take(Account.Extend(grown, NextId, new Money(_random.Next(0, 500)), Now, Lease, recalled: true));
                break;
            case 10 when _open.Count > 0 && _random.Next(3) == 0:
                var released = Any(_open);
                End(released, Account.Release(released.Id, Now), null);
                break;
            case 10 when _expired.Count > 0:
                var late = Any(_expired);
                _expired.Remove(late);
                Account.Recall(Entries.Where(entry => entry.OperationId == late.Id));
                Take(Account.Settle(late, new Money(_random.Next(0, 2_000)), Now, recalled: true));
                break;
            case 11:
                Take(Account.Change(Change(), Now));
                break;
            default:
                break;
        }
    }

    private void Reserve()
    {
        var user = _random.Next(3);
        var payer = new Payer(_tenant, user == 0 ? "" : "team" + (user % 2), user == 2 ? "" : "user" + user, $"{_tenant}_key{user}");
        var reservation = new Reservation(NextId, payer, Experts[_random.Next(3)], "traj", new Money(_random.Next(0, 1_000)));
        // Half of the calls end before their leases do.
        if (Take(Account.Reserve(reservation, Now, _random.Next(2) == 0 ? Lease : TimeSpan.FromDays(1))))
            _open.Add(reservation);
        foreach (var _ in Enumerable.Range(0, 3))
            Take(Account.Warn(payer, [50, 80], Now));
    }

    private void End(Reservation reservation, AccountDecision decision, List<Reservation>? ended)
    {
        if (!Take(decision))
            return;
        _open.Remove(reservation);
        ended?.Add(reservation);
    }

    private BudgetChange Change()
    {
        var scope = _random.Next(3) switch { 0 => BudgetScope.Tenant, 1 => BudgetScope.Team("team1"), _ => BudgetScope.User("user1") };
        var window = _random.Next(5) switch
        {
            0 => BudgetWindow.Total, 1 => BudgetWindow.Daily, 2 => BudgetWindow.Monthly, 3 => BudgetWindow.Hourly, _ => BudgetWindow.Rolling(3),
        };
        return _random.Next(8) switch
        {
            0 => new BudgetChange.Grant(NextId, scope, window, new Money(500)),
            1 => new BudgetChange.Raise(NextId, scope, window, new Money(500), Now.AddDays(2)),
            2 => new BudgetChange.Reset(NextId, scope, window),
            3 => new BudgetChange.SetTimeZone(NextId, _random.Next(2) == 0 ? "Europe/Berlin" : "UTC"),
            _ => new BudgetChange.SetLimit(NextId, scope, window, _random.Next(4) == 0 ? null : new Money(_random.Next(1_000, 40_000))),
        };
    }

    private bool Take(AccountDecision decision)
    {
        if (decision.Outcome != AccountOutcome.Append)
            return false;
        Account.Apply(decision.Entry);
        Entries.Add(decision.Entry);
        return true;
    }

    private T Any<T>(List<T> list) => list[_random.Next(list.Count)];
}
