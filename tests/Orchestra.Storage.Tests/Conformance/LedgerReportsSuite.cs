using FsCheck;
using FsCheck.Fluent;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Budgets.Reports;
using Orchestra.Core.Budgets.Upkeep;
using Orchestra.Core.Budgets.Verification;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>What every store of sums and openings keeps to; a class for each database hands its stores in.</summary>
public abstract class LedgerReportsSuite
{
    /// <summary>Opens stores on a database with nothing in it; disposed after the test.</summary>
    protected abstract Task<LedgerStores> OpenAsync();

    [SkippableFact]
    public async Task Sums_are_brought_forward_by_so_many_rows_at_a_time_and_none_counts_twice()
    {
        await using var stores = await OpenAsync();
        var ledger = await stores.AppendAsync(new RandomLedger(1));
        var (store, reports) = (stores.Ledger, stores.Reports);

        (await reports.ListSpendHeadsAsync(default)).ShouldBeEmpty();
        (await reports.SummariseAsync("acme", 150, default)).ShouldBe(150);
        (await reports.ListSpendHeadsAsync(default)).ShouldBe([new LedgerHead("acme", 150)]);
        var racing = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => reports.SummariseAsync("acme", 150, default))));
        racing.Order().ShouldBe([0, 0, ledger.Entries.Count - 300, 150]);

        (await reports.SummariseAsync("acme", 150, default)).ShouldBe(0);
        (await reports.SummariseAsync("nobody", 150, default)).ShouldBe(0);
        var totals = await reports.ReadTotalsAsync("acme", default);
        totals.Version.ShouldBe(ledger.Entries.Count);
        totals.Payers.ToDictionary(pair => pair.Key, pair => pair.Value).ShouldBe(
            Bills(ledger.Entries).GroupBy(entry => entry.Payer!).ToDictionary(group => group.Key, group => (Int128)group.Sum(entry => entry.Amount.Nanos)), ignoreOrder: true);
        (await store.ListHeadsAsync(default)).ShouldBe([new LedgerHead("acme", ledger.Entries.Count)]);
    }

    [SkippableTheory]
    [InlineData(SpendBy.Tenant)]
    [InlineData(SpendBy.Team)]
    [InlineData(SpendBy.User)]
    [InlineData(SpendBy.Key)]
    [InlineData(SpendBy.Expert)]
    [InlineData(SpendBy.Day)]
    public async Task Spend_is_exact_wherever_the_sums_end(SpendBy by)
    {
        await using var stores = await OpenAsync();
        var all = new List<LedgerEntry>();
        foreach (var tenant in new[] { "acme", "zeta", "beta" })
            all.AddRange((await stores.AppendAsync(new RandomLedger(2, tenant))).Entries);
        var (first, last) = (DateOnly.FromDateTime(RandomLedger.Start.UtcDateTime).AddDays(3), DateOnly.FromDateTime(RandomLedger.Start.UtcDateTime).AddDays(5));
        SpendQuery[] queries =
        [
            new(by), new(by, first), new(by, null, last), new(by, first, last, "zeta"), new(by, TenantId: "acme"), new(by, last, first), new(by, TenantId: "nobody"),
        ];
        for (var round = 0; round < 4; round++)
        {
            foreach (var query in queries)
                (await stores.Reports.SpendAsync(query, default)).ShouldBe(Expected(all, query), ignoreOrder: true, customMessage: $"{query} in round {round}");
            await stores.Reports.SummariseAsync("acme", 200, default);
            await stores.Reports.SummariseAsync("zeta", round * 7 + 1, default);
        }
    }

    [SkippableFact]
    public async Task Sums_hold_amounts_beyond_64_bits()
    {
        await using var stores = await OpenAsync();
        var account = new Account("acme");
        var entries = new List<LedgerEntry>();
        for (var i = 0; i < 5; i++)
        {
            var reservation = new Reservation("r" + i, new Payer("acme", "", "", "key"), "small", "traj", Money.Zero);
            entries.Add(account.Settle(reservation, Money.Max, RandomLedger.Start, recalled: true).Entry);
            account.Apply(entries[^1]);
        }

        (await stores.Ledger.AppendAsync(entries, default)).ShouldBeEmpty();
        for (var i = 0; i < 3; i++)
        {
            (await stores.Reports.SpendAsync(new SpendQuery(SpendBy.Key), default)).ShouldBe([new SpendGroup("acme", "key", (Int128)long.MaxValue * 5, 5)]);
            await stores.Reports.SummariseAsync("acme", 2, default);
        }
    }

    [SkippableFact]
    public async Task An_opening_moves_only_from_where_it_is_and_only_where_sums_and_rows_reach_beyond_it()
    {
        await using var stores = await OpenAsync();
        var ledger = await stores.AppendAsync(new RandomLedger(3));
        var (store, reports) = (stores.Ledger, stores.Reports);
        var last = ledger.Entries.Count;
        LedgerSnapshot At(long version) => new("acme", version, $"state of {version}");
        await store.WriteSnapshotAsync(At(90), default);

        (await reports.MoveOpeningAsync(At(100), 0, default)).ShouldBeFalse("No sums reach beyond it.");
        (await store.ReadOpeningAsync("acme", default)).ShouldBeNull();
        (await reports.TrimAsync("acme", 1_000, default)).ShouldBe(0);
        while (await reports.SummariseAsync("acme", 1_000, default) > 0)
            continue;
        (await reports.MoveOpeningAsync(At(last), 0, default)).ShouldBeFalse("The last row stays.");
        (await reports.MoveOpeningAsync(At(100), 50, default)).ShouldBeFalse("There is no opening at 50.");
        (await store.ReadSnapshotAsync("acme", default)).ShouldNotBeNull();

        (await reports.MoveOpeningAsync(At(100), 0, default)).ShouldBeTrue();
        (await store.ReadSnapshotAsync("acme", default)).ShouldBeNull("It is older than the opening.");
        await store.WriteSnapshotAsync(At(200), default);
        (await reports.MoveOpeningAsync(At(110), 0, default)).ShouldBeFalse("Another host was faster.");
        (await reports.MoveOpeningAsync(At(90), 100, default)).ShouldBeFalse("It never goes back.");
        (await reports.MoveOpeningAsync(At(120), 100, default)).ShouldBeTrue();
        (await store.ReadOpeningAsync("acme", default)).ShouldBe(At(120));
        (await store.ReadSnapshotAsync("acme", default)).ShouldBe(At(200));

        (await reports.TrimAsync("acme", 70, default)).ShouldBe(70);
        (await store.ReadAsync("acme", 0, 1, default))[0].ShouldBe(ledger.Entries[70]);
        (await reports.TrimAsync("acme", 70, default)).ShouldBe(50);
        (await reports.TrimAsync("acme", 70, default)).ShouldBe(0);
        (await store.ReadAsync("acme", 0, 1_000, default)).ShouldBe(ledger.Entries.Skip(120));
        (await store.ListHeadsAsync(default)).ShouldBe([new LedgerHead("acme", last)]);
    }

    [SkippableFact]
    public async Task Rolling_up_changes_neither_state_nor_spend_and_verifies()
    {
        // Outside the property, which would take a test that is skipped for one that fails.
        await using (await OpenAsync())
            Prop.ForAll<int, byte[]>(RollUpAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    [SkippableFact]
    public async Task Two_hosts_that_roll_up_at_the_same_time_do_not_disturb_each_other()
    {
        await using var stores = await OpenAsync();
        var ledger = await stores.AppendAsync(new RandomLedger(5, rows: 2_000));
        var hosts = Enumerable.Range(0, 3).Select(_ => new LedgerRollUp(stores.Ledger, stores.Reports, TimeProvider.System, TimeSpan.Zero)).ToList();
        var head = new LedgerHead("acme", ledger.Entries.Count);
        for (var version = 500; version <= 2_000; version += 500)
        {
            var done = await Task.WhenAll(hosts.Select((host, i) => Task.Run(() => host.RollUpAsync(head, version - i, isDryRun: false, default))));
            done.Sum(one => one.Rows).ShouldBeInRange(1, 510);
        }

        (await stores.LoadAsync("acme")).ToSnapshot().ToLedger().ShouldBe(ledger.Account.ToSnapshot().ToLedger());
        (await new LedgerVerifier(stores.Ledger, stores.Reports, TimeSpan.FromDays(7)).VerifyAsync(null, null, default)).Faults.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Rows_before_a_time_are_found_and_rolled_up()
    {
        await using var stores = await OpenAsync();
        var ledger = await stores.AppendAsync(new RandomLedger(6));
        var rollUp = new LedgerRollUp(stores.Ledger, stores.Reports, TimeProvider.System, TimeSpan.Zero);
        var time = ledger.Entries[200].At;
        var before = ledger.Entries.Count(entry => entry.At < time);

        (await rollUp.RunAsync("nobody", time, isDryRun: false, default)).ShouldBeEmpty();
        (await rollUp.RunAsync(null, RandomLedger.Start, isDryRun: false, default)).ShouldBeEmpty();
        (await rollUp.RunAsync(null, time, isDryRun: true, default)).ShouldBe([new RolledUp("acme", before, before)]);
        (await rollUp.RunAsync(null, time, isDryRun: false, default)).ShouldBe([new RolledUp("acme", before, before)]);
        (await rollUp.RunAsync(null, time, isDryRun: false, default)).ShouldBeEmpty();
        (await stores.Ledger.ReadAsync("acme", 0, 1, default))[0].Version.ShouldBe(before + 1);
    }

    private async Task RollUpAsync(int seed, byte[] cuts)
    {
        await using var stores = await OpenAsync();
        var ledger = await stores.AppendAsync(new RandomLedger(seed));
        await stores.AppendAsync(new RandomLedger(seed + 1, "zeta"));
        var rollUp = new LedgerRollUp(stores.Ledger, stores.Reports, TimeProvider.System, TimeSpan.Zero);
        var queries = Enum.GetValues<SpendBy>().Select(by => new SpendQuery(by)).ToList();
        var before = await Task.WhenAll(queries.Select(query => stores.Reports.SpendAsync(query, default)));
        var opening = 0L;
        foreach (var version in cuts.Take(4).Select(cut => (long)cut * ledger.Entries.Count / 250).Append(ledger.Entries.Count))
        {
            var head = new LedgerHead("acme", ledger.Entries.Count);
            (await rollUp.RollUpAsync(head, version, isDryRun: true, default)).Rows.ShouldBe(Math.Max(0, Math.Min(version, head.Version - 1) - opening));
            await rollUp.RollUpAsync(head, version, isDryRun: false, default);
            opening = Math.Max(opening, Math.Min(version, head.Version - 1));

            (await stores.Ledger.ReadAsync("acme", 0, 1_000, default)).ShouldBe(ledger.Entries.Skip((int)opening));
            (await stores.LoadAsync("acme")).ToSnapshot().ToLedger().ShouldBe(ledger.Account.ToSnapshot().ToLedger());
            for (var i = 0; i < queries.Count; i++)
                (await stores.Reports.SpendAsync(queries[i], default)).ShouldBe(before[i], ignoreOrder: true);
            (await new LedgerVerifier(stores.Ledger, stores.Reports, TimeSpan.FromDays(7)).VerifyAsync(null, null, default)).Faults.ShouldBeEmpty();
        }
    }

    private static IEnumerable<LedgerEntry> Bills(IEnumerable<LedgerEntry> entries) => entries.Where(entry => entry.Kind is LedgerEntryKind.Settle or LedgerEntryKind.Expire);

    private static IEnumerable<SpendGroup> Expected(IEnumerable<LedgerEntry> entries, SpendQuery query) => Bills(entries)
        .Where(entry => query.TenantId is null || entry.TenantId == query.TenantId)
        .Where(entry => !(DateOnly.FromDateTime(entry.At.UtcDateTime) < query.From) && !(DateOnly.FromDateTime(entry.At.UtcDateTime) >= query.To))
        .GroupBy(entry => query.By switch
        {
            SpendBy.Tenant => (entry.TenantId, entry.TenantId),
            SpendBy.Team => (entry.TenantId, entry.Payer!.TeamId),
            SpendBy.User => (entry.TenantId, entry.Payer!.UserId),
            SpendBy.Key => (entry.TenantId, entry.Payer!.KeyId),
            SpendBy.Expert => ("", entry.Expert),
            _ => ("", entry.At.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        })
        .Select(group => new SpendGroup(
            group.Key.Item1, group.Key.Item2, group.Sum(entry => entry.Amount.Nanos), group.Count(entry => entry.Kind == LedgerEntryKind.Expire || entry.Until is null)))
        .Where(group => group.Nanos != 0 || group.Calls != 0);
}
