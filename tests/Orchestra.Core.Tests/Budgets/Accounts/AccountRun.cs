using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

/// <summary>An account with a clock, whose entries are folded as soon as they are decided.</summary>
internal sealed class AccountRun(string now = "2025-01-31T12:00:00Z")
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    public static readonly Payer Ann = new("acme", "research", "ann", "key_ann");
    private int _serial;

    public Account Account { get; } = new("acme");

    public DateTimeOffset Now { get; set; } = DateTimeOffset.Parse(now);

    public List<LedgerEntry> Entries { get; } = [];

    public string State => Account.ToSnapshot().ToLedger().State;

    public AccountRun At(string time)
    {
        Now = DateTimeOffset.Parse(time);
        return this;
    }

    public AccountOutcome Apply(AccountDecision decision)
    {
        if (decision.Outcome == AccountOutcome.Append)
        {
            Account.Apply(decision.Entry);
            Entries.Add(decision.Entry);
        }

        return decision.Outcome;
    }

    public Reservation Named(string id) => Of(id, 0);

    public AccountDecision ToReserve(string id, long nanos, Payer? payer = null) => Account.Reserve(Of(id, nanos, payer), Now, Lease);

    public AccountOutcome Reserve(string id, long nanos, Payer? payer = null) => Apply(ToReserve(id, nanos, payer));

    public AccountOutcome Extend(string id, string operation, long nanos) => Apply(Account.Extend(Of(id, 0), operation, new Money(nanos), Now, Lease, recalled: true));

    public AccountOutcome Settle(string id, long nanos, Payer? payer = null) => Apply(Account.Settle(Of(id, 0, payer), new Money(nanos), Now, recalled: true));

    public AccountOutcome Expire(string id) => Apply(Account.Expire(id, Now));

    /// <summary>Reserves and settles at once.</summary>
    public void Spend(long nanos, Payer? payer = null)
    {
        var id = $"spend{++_serial}";
        Reserve(id, nanos, payer).ShouldBe(AccountOutcome.Append);
        Settle(id, nanos, payer).ShouldBe(AccountOutcome.Append);
    }

    public bool Allows(long nanos, Payer? payer = null) => ToReserve($"ask{++_serial}", nanos, payer).Outcome == AccountOutcome.Append;

    public AccountOutcome Change(BudgetChange change) => Apply(Account.Change(change, Now));

    public void Limit(BudgetScope scope, BudgetWindow window, long? nanos, IReadOnlyList<int>? lines = null) =>
        Change(new BudgetChange.SetLimit($"limit{++_serial}", scope, window, nanos is { } limit ? new Money(limit) : null, lines)).ShouldBe(AccountOutcome.Append);

    public void Limit(BudgetWindow window, long? nanos) => Limit(BudgetScope.Tenant, window, nanos);

    public AccountOutcome Grant(BudgetWindow window, long nanos) => Change(new BudgetChange.Grant($"grant{++_serial}", BudgetScope.Tenant, window, new Money(nanos)));

    public AccountOutcome Raise(BudgetWindow window, long nanos, string until) =>
        Change(new BudgetChange.Raise($"raise{++_serial}", BudgetScope.Tenant, window, new Money(nanos), DateTimeOffset.Parse(until)));

    public AccountOutcome Reset(BudgetWindow window) => Change(new BudgetChange.Reset($"reset{++_serial}", BudgetScope.Tenant, window));

    public AccountOutcome Zone(string zone) => Change(new BudgetChange.SetTimeZone($"zone{++_serial}", zone));

    public BudgetState Budget(BudgetWindow window) => Account.StateAt(Now).Find(BudgetScope.Tenant, window)!;

    public long Spent(BudgetWindow window) => Budget(window).Spent.Nanos;

    /// <summary>Every warning that is due now, as its line and limit.</summary>
    public string Warnings(params int[] lines)
    {
        var fired = new List<string>();
        while (Account.Warn(Ann, lines.Length == 0 ? [50, 80, 95] : lines, Now) is { Outcome: AccountOutcome.Append, Entry: var entry })
        {
            Apply(new AccountDecision(AccountOutcome.Append, entry));
            fired.Add($"{entry.Scope.Level} {entry.Window} {entry.Detail.Split('/')[0]}");
        }

        return string.Join(", ", fired);
    }

    private static Reservation Of(string id, long nanos, Payer? payer = null) => new(id, payer ?? Ann, "small", "traj", new Money(nanos));
}
