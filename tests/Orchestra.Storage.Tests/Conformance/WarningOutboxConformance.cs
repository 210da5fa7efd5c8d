using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Warnings;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>What every outbox of warnings does.</summary>
public abstract class WarningOutboxConformance
{
    private static readonly DateTimeOffset At = new(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = At.AddMinutes(1);

    [SkippableFact]
    public async Task A_warning_comes_with_the_commit_that_records_it_and_stays_until_it_is_done()
    {
        var (ledger, outbox) = await OpenAsync();
        (await ledger.AppendAsync([Entry(1, LedgerEntryKind.Reserve), Entry(2, LedgerEntryKind.Warn)], default)).ShouldBeEmpty();
        (await ledger.AppendAsync([Entry(2, LedgerEntryKind.Warn) with { OperationId = "late" }], default)).ShouldBe(["acme"]);
        (await outbox.ClaimAsync(At.AddMilliseconds(-1), Later, 10, default)).ShouldBeEmpty();

        var claimed = (await outbox.ClaimAsync(At, Later, 10, default)).ShouldHaveSingleItem();
        claimed.ShouldBe(new PendingWarning(Entry(2, LedgerEntryKind.Warn), 0));
        (await outbox.ClaimAsync(At, Later, 10, default)).ShouldBeEmpty();

        await outbox.PostponeAsync(claimed, Later.AddMinutes(1), default);
        (await outbox.ClaimAsync(Later, Later.AddHours(1), 10, default)).ShouldBeEmpty();
        var again = (await outbox.ClaimAsync(Later.AddMinutes(1), Later.AddMinutes(2), 10, default)).ShouldHaveSingleItem();
        again.Tries.ShouldBe(1);

        await outbox.CompleteAsync(again, default);
        (await outbox.ClaimAsync(At.AddYears(1), At.AddYears(2), 10, default)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Of_many_looks_at_once_each_warning_goes_to_one()
    {
        var (ledger, first) = await OpenAsync();
        var (_, second) = await OpenAsync();
        await ledger.AppendAsync([.. Enumerable.Range(1, 40).Select(version => Entry(version, LedgerEntryKind.Warn))], default);
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? first : second).ClaimAsync(At, Later, 3, default))));
        var versions = claims.SelectMany(claim => claim).Select(warning => warning.Entry.Version).ToList();
        versions.Distinct().Count().ShouldBe(versions.Count);
        claims.ShouldAllBe(claim => claim.Count <= 3);
        while (await first.ClaimAsync(At, Later, 3, default) is { Count: > 0 } rest)
            versions.AddRange(rest.Select(warning => warning.Entry.Version));
        versions.Order().ShouldBe(Enumerable.Range(1, 40).Select(version => (long)version));
    }

    /// <summary>The stores of one more host on this test's database.</summary>
    protected abstract Task<(ILedgerStore Ledger, IWarningOutbox Outbox)> OpenAsync();

    private static LedgerEntry Entry(long version, LedgerEntryKind kind)
    {
        var isWarning = kind == LedgerEntryKind.Warn;
        return new(
            "acme", version, At, kind, "op" + version, isWarning ? string.Empty : "op" + version, new Money(8), null, null, string.Empty, string.Empty,
            isWarning ? BudgetScope.Team("red") : BudgetScope.Tenant, isWarning ? BudgetWindow.Monthly : BudgetWindow.Total, isWarning ? "80/10" : string.Empty);
    }
}
