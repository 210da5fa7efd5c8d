using FsCheck.Xunit;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class AccountProperties
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    [Property(MaxTest = 2_000)]
    public void After_every_step_the_account_equals_a_simple_reference(Step[] steps)
    {
        var run = new Run();
        foreach (var step in steps)
            run.Take(step);
        run.CheckEveryBill();
    }

    [Property(MaxTest = 500)]
    public void The_fold_of_the_entries_is_the_state_from_the_first_row_and_from_any_snapshot(Step[] steps, byte cut)
    {
        var run = new Run();
        foreach (var step in steps)
            run.Take(step);
        var at = run.Entries.Count == 0 ? 0 : cut % (run.Entries.Count + 1);

        var folded = new Account("acme");
        foreach (var entry in run.Entries.Take(at))
            folded.Apply(entry);
        var restored = new Account(AccountSnapshot.Read(folded.ToSnapshot().ToLedger())!);
        foreach (var entry in run.Entries.Skip(at))
        {
            folded.Apply(entry);
            restored.Apply(entry);
        }

        var state = run.Account.ToSnapshot().ToLedger();
        folded.ToSnapshot().ToLedger().Version.ShouldBe(state.Version);
        Same(folded, run.Account);
        Same(restored, run.Account);
    }

    [Property(MaxTest = 500)]
    public void Withdrawn_proposals_leave_no_trace(Step[] before, Step[] proposed, Step[] after)
    {
        var plain = new Run();
        var tried = new Run();
        foreach (var step in before)
        {
            plain.Take(step);
            tried.Take(step);
        }

        tried.Propose(proposed);
        tried.Account.Withdraw();
        Same(tried.Account, plain.Account);
        foreach (var step in after)
        {
            plain.Take(step);
            tried.Take(step);
        }

        tried.Entries.ShouldBe(plain.Entries);
    }

    [Property(MaxTest = 500)]
    public void Repeating_every_operation_at_once_changes_nothing(Step[] steps)
    {
        var once = new Run();
        var twice = new Run();
        foreach (var step in steps)
        {
            once.Take(step);
            twice.Take(step);
            twice.Take(step with { Minutes = 0 }, repeated: true);
        }

        twice.Account.StateAt(DateTimeOffset.MinValue).Spent.ShouldBe(once.Account.StateAt(DateTimeOffset.MinValue).Spent);
        twice.Account.Open.Values.Sum(open => open.Amount.Nanos).ShouldBe(once.Account.Open.Values.Sum(open => open.Amount.Nanos));
    }

    private static void Same(Account a, Account b)
    {
        a.ToSnapshot().ToLedger().ShouldBe(b.ToSnapshot().ToLedger());
    }

    /// <summary>One operation; the bytes choose which, on which reservation, with how much, and how far the clock moves, back included.</summary>
    public sealed record Step(byte Kind, byte Which, ushort Amount, sbyte Minutes);

    private sealed class Run
    {
        private static readonly BudgetWindow[] Windows = [BudgetWindow.Total, BudgetWindow.Daily, BudgetWindow.Monthly];
        private readonly Dictionary<string, long> _held = [];
        private readonly Dictionary<string, long> _actual = [];
        private readonly Dictionary<string, long> _expired = [];
        private DateTimeOffset _now = new(2025, 1, 31, 22, 0, 0, TimeSpan.Zero);
        private int _extensions;

        public Account Account { get; } = new("acme");

        public List<LedgerEntry> Entries { get; } = [];

        public void Take(Step step, bool repeated = false)
        {
            _now += TimeSpan.FromMinutes(step.Minutes);
            if (!repeated)
                _extensions++;
            var decision = Decide(step);
            if (decision is { Outcome: AccountOutcome.Append, Entry: var entry })
            {
                Account.Apply(entry);
                Entries.Add(entry);
                Follow(entry);
            }

            Check(decision);
        }

        public void Propose(Step[] steps)
        {
            foreach (var step in steps)
            {
                if (Decide(step) is { Outcome: AccountOutcome.Append, Entry: var entry })
                    Account.Propose(entry);
                _extensions++;
            }

            _extensions -= steps.Length;
        }

        /// <summary>What all rows of a reservation bill is what it cost, or what was held where nobody said what it cost.</summary>
        public void CheckEveryBill()
        {
            foreach (var id in _actual.Keys.Union(_expired.Keys))
            {
                var billed = Entries.Where(entry => entry.ReservationId == id && (entry.Kind is LedgerEntryKind.Settle or LedgerEntryKind.Expire))
                    .Sum(entry => entry.Amount.Nanos);
                billed.ShouldBe(_actual.TryGetValue(id, out var actual) ? actual : _expired[id]);
            }
        }

        private AccountDecision Decide(Step step)
        {
            var id = "r" + (step.Which % 12);
            // What the store's unique index would answer.
            Account.Recall(Entries.Where(entry => entry.ReservationId == id && entry.Kind != LedgerEntryKind.Extend));
            var reservation = new Reservation(id, new Payer("acme", "", "", "key"), "small", "traj", new Money(step.Amount));
            return (step.Kind % 8) switch
            {
                0 or 1 => Account.Reserve(reservation, _now, Lease),
                2 => Account.Extend(reservation, "x" + _extensions, reservation.Amount, _now, Lease, recalled: true),
                3 or 4 => Account.Settle(reservation, reservation.Amount, _now, recalled: true),
                5 => Account.Expire(id, _now),
                6 => Account.Release(id, _now),
                _ => Account.Change(
                    new BudgetChange.SetLimit("l" + _extensions, BudgetScope.Tenant, Windows[step.Which % 3], step.Which % 5 == 0 ? null : new Money(step.Amount * 4L)), _now),
            };
        }

        private void Follow(LedgerEntry entry)
        {
            var id = entry.ReservationId;
            switch (entry.Kind)
            {
                case LedgerEntryKind.Reserve or LedgerEntryKind.Extend:
                    _held[id] = _held.GetValueOrDefault(id) + entry.Amount.Nanos;
                    break;
                case LedgerEntryKind.Expire:
                    _expired[id] = _held[id];
                    _held.Remove(id);
                    break;
                case LedgerEntryKind.Settle:
                    _actual[id] = entry.Amount.Nanos + (_expired.TryGetValue(id, out var billed) ? billed : 0);
                    _held.Remove(id);
                    break;
                case LedgerEntryKind.Release:
                    _held.Remove(id);
                    break;
                default:
                    break;
            }
        }

        private void Check(AccountDecision decision)
        {
            var at = _now > Account.LastAt ? _now : Account.LastAt;
            var state = Account.StateAt(_now);
            state.Version.ShouldBe(Entries.Count);
            state.Reserved.Nanos.ShouldBe(_held.Values.Sum());
            var bills = Entries.Where(entry => entry.Kind is LedgerEntryKind.Settle or LedgerEntryKind.Expire).ToList();
            state.Spent.Nanos.ShouldBe(bills.Sum(entry => entry.Amount.Nanos));
            foreach (var budget in state.Budgets)
            {
                budget.Spent.Nanos.ShouldBe(bills.Where(bill => Counts(bill, budget.Window, at)).Sum(bill => bill.Amount.Nanos));
                budget.Spent.Nanos.ShouldBeGreaterThanOrEqualTo(0);
                if (decision is { Outcome: AccountOutcome.Append, Entry: { Kind: LedgerEntryKind.Reserve or LedgerEntryKind.Extend } entry } && entry.Amount > Money.Zero)
                    (budget.Spent.Nanos + state.Reserved.Nanos).ShouldBeLessThanOrEqualTo(budget.Limit!.Value.Nanos);
            }

            if (decision.Outcome == AccountOutcome.Refused)
                state.Budgets.ShouldContain(budget => budget.Spent.Nanos + state.Reserved.Nanos + ushort.MaxValue > budget.Limit!.Value.Nanos);
        }

        private static bool Counts(LedgerEntry bill, BudgetWindow window, DateTimeOffset at) =>
            window == BudgetWindow.Total ||
            (Format(bill.At, window) == Format(at, window) && (bill.Amount >= Money.Zero || Format(bill.Until ?? bill.At, window) == Format(at, window)));

        private static string Format(DateTimeOffset time, BudgetWindow window) => time.ToString(window == BudgetWindow.Daily ? "yyyy-MM-dd" : "yyyy-MM");
    }
}
