using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Model;

/// <summary>What must be true of every row of a ledger, whoever wrote it.</summary>
public sealed class LedgerRules(string tenantId)
{
    private static readonly int[] Lines = [50, 80, 95];
    private readonly Account _folded = new(tenantId);

    public NaiveLedger Ledger { get; } = new();

    /// <summary>Checks the rows that a commit added.</summary>
    public void Follow(IReadOnlyList<LedgerEntry> stored)
    {
        if (stored.Count == Ledger.Count)
            return;
        foreach (var entry in stored.Skip(Ledger.Count).ToList())
            Check(entry);
        CheckWarned();
        CheckSums(_folded.LastAt);
        CheckSums(_folded.LastAt.AddMinutes(50));
    }

    /// <summary>The state that every host must have at a version.</summary>
    public LedgerSnapshot StateAt(long version)
    {
        if (version == _folded.Version)
            return _folded.ToSnapshot().ToLedger();
        var account = new Account(tenantId);
        foreach (var row in Ledger.Rows.Take((int)version))
            account.Apply(row.Entry);
        return account.ToSnapshot().ToLedger();
    }

    private void Check(LedgerEntry entry)
    {
        var before = Ledger.Count;
        entry.Version.ShouldBe(before + 1);
        if (before > 0)
            entry.At.ShouldBeGreaterThanOrEqualTo(Ledger.Rows[before - 1].At);
        if (entry.Kind is not LedgerEntryKind.Warn)
            CheckWarned();
        var held = Ledger.HeldFor(entry.ReservationId, before);
        switch (entry.Kind)
        {
            case LedgerEntryKind.Reserve:
                held.ShouldBeNull();
                CheckAllowed(entry.Payer!, entry);
                break;
            case LedgerEntryKind.Extend:
                held.ShouldNotBeNull();
                CheckAllowed(Ledger.RowsOf(entry.ReservationId)[0].Payer!, entry);
                break;
            case LedgerEntryKind.Expire:
                entry.Amount.Nanos.ShouldBe(held!.Value);
                entry.At.ShouldBeGreaterThanOrEqualTo(Ledger.RowsOf(entry.ReservationId)[^1].Entry.Until!.Value, "a reservation expired before its lease was over");
                break;
            case LedgerEntryKind.Release:
                held.ShouldNotBeNull();
                entry.Amount.ShouldBe(Money.Zero);
                break;
            case LedgerEntryKind.Settle:
                var expiry = Ledger.RowsOf(entry.ReservationId).SingleOrDefault(row => row.Kind == LedgerEntryKind.Expire);
                entry.Until.ShouldBe(expiry?.At);
                (entry.Amount.Nanos + (expiry?.Nanos ?? 0)).ShouldBeGreaterThanOrEqualTo(0);
                CheckCovered(entry, held ?? 0);
                break;
            case LedgerEntryKind.Warn:
                CheckWarning(entry);
                break;
            default:
                break;
        }

        Ledger.Add(entry);
        _folded.Apply(entry);
    }

    private void CheckAllowed(Payer payer, LedgerEntry entry)
    {
        if (!entry.Amount.IsZero)
            Ledger.Refuses(payer, entry.Amount.Nanos, entry.At, Ledger.Count).ShouldBeFalse($"{entry.Kind} {entry.OperationId} of {entry.Amount.Nanos} n$ breaks a limit");
    }

    /// <summary>What a call cost beyond its reservation is billed as far as the limits allow, and no further.</summary>
    private void CheckCovered(LedgerEntry entry, long held)
    {
        var more = entry.Amount.Nanos - held;
        if (more > 0)
            Ledger.Refuses(entry.Payer!, more, entry.At, Ledger.Count).ShouldBeFalse($"the settlement of {entry.OperationId} at {entry.Amount.Nanos} n$ breaks a limit");
        if (!entry.Uncovered.IsZero)
            Ledger.Refuses(entry.Payer!, more + 1, entry.At, Ledger.Count).ShouldBeTrue($"the settlement of {entry.OperationId} could bill more");
    }

    private void CheckWarning(LedgerEntry entry)
    {
        var line = int.Parse(entry.Detail.Split('/')[0]);
        Lines.ShouldContain(line);
        line.ShouldBeGreaterThan(Ledger.FiredLine(entry.Scope, entry.Window, entry.At, Ledger.Count), "a warning fired again");
        entry.Amount.Nanos.ShouldBe(Ledger.SpentIn(entry.Scope, entry.Window, entry.At, Ledger.Count));
        (entry.Amount.Nanos * 100).ShouldBeGreaterThanOrEqualTo(Ledger.LimitOf(entry.Scope, entry.Window, entry.At, Ledger.Count)!.Value * line);
    }

    /// <summary>What was spent last has fired every line that it reached.</summary>
    private void CheckWarned()
    {
        var last = Ledger.Rows.LastOrDefault(row => row.Kind != LedgerEntryKind.Warn);
        if (last?.IsSpending != true)
            return;
        foreach (var (scope, window) in Ledger.Budgets)
        {
            if (!last.IsPaidBy(scope) || Ledger.LimitOf(scope, window, last.At, Ledger.Count) is not { } limit)
                continue;
            var spent = Ledger.SpentIn(scope, window, last.At, Ledger.Count);
            var reached = spent == 0 ? 0 : Lines.LastOrDefault(line => spent * 100 >= limit * line);
            Ledger.FiredLine(scope, window, last.At, Ledger.Count).ShouldBeGreaterThanOrEqualTo(reached, $"{scope} {window}: no warning at {reached} %");
        }
    }

    private void CheckSums(DateTimeOffset at)
    {
        var state = _folded.StateAt(at);
        state.Version.ShouldBe(Ledger.Count);
        state.Spent.Nanos.ShouldBe(Ledger.SpentEver(Ledger.Count));
        state.Reserved.Nanos.ShouldBe(Ledger.ReservedIn(BudgetScope.Tenant, Ledger.Count));
        foreach (var (scope, window) in Ledger.Budgets)
        {
            var budget = state.Find(scope, window);
            var limit = Ledger.LimitOf(scope, window, at, Ledger.Count);
            budget?.Limit?.Nanos.ShouldBe(limit ?? -1, $"{scope} {window}: the limit at {at:O}");
            if (limit is null)
                continue;
            budget!.Reserved.Nanos.ShouldBe(Ledger.ReservedIn(scope, Ledger.Count), $"{scope} {window}: what is reserved");
            budget.Spent.Nanos.ShouldBe(Ledger.SpentIn(scope, window, at, Ledger.Count), $"{scope} {window}: what is spent at {at:O}");
            budget.Spent.Nanos.ShouldBeGreaterThanOrEqualTo(0);
        }
    }
}
