using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Storage.Tests.Sqlite;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>What every store of ledgers does.</summary>
public abstract class LedgerStoreConformance : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private ILedgerStore _store = null!;

    public virtual async Task InitializeAsync() => _store = await OpenAsync();

    public abstract Task DisposeAsync();

    [SkippableFact]
    public async Task Entries_come_back_as_they_went_in()
    {
        LedgerEntry[] entries =
        [
            Entry(1) with
            {
                Kind = LedgerEntryKind.SetLimit, ReservationId = string.Empty, Amount = Money.Max, Scope = BudgetScope.Team("a"), Window = BudgetWindow.Rolling(30), Until = null,
                Payer = null, Expert = string.Empty, TrajectoryId = string.Empty, Detail = "50,80",
            },
            Entry(2) with { Expert = "ü🎻'; DROP TABLE ledger; --" },
            Entry(3) with { Kind = LedgerEntryKind.Settle, Amount = new Money(-5), Until = Noon },
        ];
        (await _store.AppendAsync(entries, default)).ShouldBeEmpty();
        (await _store.ReadAsync("acme", 0, 100, default)).ShouldBe(entries);
        (await _store.ReadAsync("acme", 1, 1, default)).ShouldBe([entries[1]]);
        (await _store.ReadAsync("acme", 3, 100, default)).ShouldBeEmpty();
        (await _store.FindAsync("acme", ["op3", "nothing", "op1"], default)).ShouldBe([entries[0], entries[2]]);
        (await _store.FindAsync("zeta", ["op1"], default)).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task What_does_not_follow_on_the_last_entry_is_not_appended_but_the_other_tenants_are(long version)
    {
        await _store.AppendAsync([Entry(1), Entry(2)], default);
        var behind = await _store.AppendAsync([Entry(1, "zeta"), Entry(version) with { OperationId = "new" }], default);
        behind.ShouldBe(["acme"]);
        (await _store.ListHeadsAsync(default)).ShouldBe([new LedgerHead("acme", 2), new LedgerHead("zeta", 1)]);
    }

    [SkippableFact]
    public async Task An_operation_that_is_recorded_already_is_not_appended_again()
    {
        await _store.AppendAsync([Entry(1), Entry(1, "zeta")], default);
        (await _store.AppendAsync([Entry(2, "zeta"), Entry(2) with { OperationId = "op1", ReservationId = "op1" }], default)).ShouldBe(["acme"]);
        (await _store.ListHeadsAsync(default)).ShouldBe([new LedgerHead("acme", 1), new LedgerHead("zeta", 2)]);
    }

    [SkippableFact]
    public async Task The_ledger_cannot_be_changed_by_any_program()
    {
        await _store.AppendAsync([Entry(1), Entry(2), Entry(3), Entry(1, "zeta")], default);
        foreach (var statement in (string[])["UPDATE ledger SET amount = 0", "DELETE FROM ledger"])
            (await Should.ThrowAsync<DbException>(() => TamperAsync(statement))).Message.ShouldContain("append-only");
    }

    [SkippableFact]
    public async Task Entries_that_were_rolled_up_may_go_and_no_others()
    {
        await _store.AppendAsync([Entry(1), Entry(2), Entry(3), Entry(1, "zeta")], default);
        await TamperAsync("INSERT INTO ledger_opening (tenant, version, state) VALUES ('acme', 2, '{}')");
        await TamperAsync("DELETE FROM ledger WHERE tenant = 'acme' AND version <= 2");
        foreach (var statement in (string[])["DELETE FROM ledger WHERE tenant = 'acme'", "DELETE FROM ledger WHERE tenant = 'zeta'"])
            (await Should.ThrowAsync<DbException>(() => TamperAsync(statement))).Message.ShouldContain("append-only");
        (await _store.AppendAsync([Entry(4)], default)).ShouldBeEmpty();
        (await _store.ReadAsync("acme", 2, 10, default)).Select(entry => entry.Version).ShouldBe([3, 4]);
    }

    [SkippableFact]
    public async Task A_newer_snapshot_replaces_an_older_one_and_not_the_other_way_round()
    {
        (await _store.ReadSnapshotAsync("acme", default)).ShouldBeNull();
        await _store.WriteSnapshotAsync(new LedgerSnapshot("acme", 20, "{}"), default);
        await _store.WriteSnapshotAsync(new LedgerSnapshot("acme", 10, "old"), default);
        (await _store.ReadSnapshotAsync("acme", default)).ShouldBe(new LedgerSnapshot("acme", 20, "{}"));
        await _store.WriteSnapshotAsync(new LedgerSnapshot("acme", 30, "new"), default);
        (await _store.ReadSnapshotAsync("acme", default)).ShouldBe(new LedgerSnapshot("acme", 30, "new"));
    }

    [SkippableFact]
    public async Task Loading_a_long_ledger_reads_only_what_is_behind_its_snapshot()
    {
        var options = new LedgerBudgetsOptions { SnapshotEvery = 10 };
        var time = new FakeTimeProvider(Noon);
        await using (var host = new LedgerHost(await OpenAsync(), time, options))
        {
            for (var i = 0; i < 105; i++)
                await host.ReserveAsync("r" + i, 1);
        }

        await using var next = new LedgerHost(await OpenAsync(), time, options);
        await next.Budgets.Recovered;
        (await next.GetAsync()).Reserved.ShouldBe(new Money(105));
        next.Store.EntriesRead.ShouldBeLessThan(10);
        await next.SettleAsync("r0", 1);
        Seen.From((await next.FoldAsync()).StateAt(Noon)).ShouldBe(await next.GetAsync());
    }

    [SkippableTheory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"Format\":99,\"TenantId\":\"acme\",\"Version\":2,\"Open\":[]}")]
    public async Task A_snapshot_that_cannot_be_read_is_done_without(string state)
    {
        await _store.AppendAsync([Entry(1), Entry(2)], default);
        await _store.WriteSnapshotAsync(new LedgerSnapshot("acme", 2, state), default);
        await using var host = new LedgerHost(await OpenAsync(), new FakeTimeProvider(Noon));
        (await host.GetAsync()).Reserved.ShouldBe(new Money(3));
    }

    [SkippableFact]
    public async Task An_operation_repeated_long_after_its_end_counts_once()
    {
        var time = new FakeTimeProvider(Noon);
        await using var host = new LedgerHost(await OpenAsync(), time);
        await host.ReserveAsync("r1", 10);
        await host.SettleAsync("r1", 7);
        for (var i = 0; i < 200; i++)
            await host.ReserveAsync("other" + i, 1);
        await host.ReserveAsync("r1", 10);
        await host.SettleAsync("r1", 7);
        (await Should.ThrowAsync<OrchestraException>(() => host.ReserveAsync("r1", 11))).Code.ShouldBe(ErrorCode.Conflict);
        (await Should.ThrowAsync<OrchestraException>(() => host.SettleAsync("r1", 8))).Code.ShouldBe(ErrorCode.Conflict);
        (await host.GetAsync()).ShouldBe(new Seen(null, BudgetWindow.Total, new Money(7), new Money(200), 202));
    }

    [SkippableFact]
    public async Task A_reservation_and_each_of_its_ends_are_operations_of_their_own()
    {
        LedgerEntry[] entries = [.. Ends("r1", 1), .. Ends("r2", 5)];
        (await _store.AppendAsync(entries, default)).ShouldBeEmpty();
        (await _store.FindAsync("acme", ["r1"], default)).ShouldBe(entries[..4]);
        foreach (var again in Ends("r1", 9))
            (await _store.AppendAsync([again with { Version = 9 }], default)).ShouldBe(["acme"], again.Kind.ToString());
        // The same id in another tenant is another operation.
        (await _store.AppendAsync([entries[0] with { TenantId = "zeta", Payer = null }], default)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task One_batch_tells_tenants_that_are_behind_from_those_that_repeat_and_writes_the_others()
    {
        await _store.AppendAsync([Entry(1, "behind"), Entry(1, "repeats"), Entry(1, "follows")], default);
        var left = await _store.AppendAsync(
            [
                Entry(3, "behind"), Entry(2, "follows"), Entry(2, "repeats"), Entry(1, "new"), Entry(3, "repeats") with { OperationId = "op1", ReservationId = "op1" },
                Entry(3, "follows"), Entry(2, "new"), Entry(4, "repeats"),
            ],
            default);
        left.ShouldBe(["behind", "repeats"], ignoreOrder: true);
        (await _store.ListHeadsAsync(default)).ShouldBe([new("behind", 1), new("follows", 3), new("new", 2), new("repeats", 1)]);
        (await _store.ReadAsync("repeats", 0, 10, default)).Count.ShouldBe(1);
        (await _store.AppendAsync([Entry(2, "repeats")], default)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_batch_that_holds_an_operation_twice_leaves_its_tenant_out()
    {
        (await _store.AppendAsync([Entry(1), Entry(2) with { OperationId = "op1", ReservationId = "op1" }, Entry(1, "zeta")], default)).ShouldBe(["acme"]);
        (await _store.ListHeadsAsync(default)).ShouldBe([new LedgerHead("zeta", 1)]);
    }

    [SkippableFact]
    public async Task Nothing_to_append_is_nothing() => (await _store.AppendAsync([], default)).ShouldBeEmpty();

    [SkippableFact]
    public async Task Hosts_that_append_to_the_same_tenants_at_once_take_turns()
    {
        const int hosts = 4, rounds = 50;
        string[] tenants = ["a", "b", "c", "d", "e"];
        await Task.WhenAll(Enumerable.Range(0, hosts).Select(host => Task.Run(async () =>
        {
            var store = await OpenAsync();
            var order = tenants.Skip(host).Concat(tenants.Take(host)).ToArray();
            var done = tenants.ToDictionary(tenant => tenant, _ => 0);
            while (done.Values.Any(count => count < rounds))
            {
                var heads = (await store.ListHeadsAsync(default)).ToDictionary(head => head.TenantId, head => head.Version);
                var wanted = order.Where(tenant => done[tenant] < rounds).ToList();
                var left = await store.AppendAsync(
                    wanted.ConvertAll(tenant => Entry(heads.GetValueOrDefault(tenant) + 1, tenant) with { OperationId = $"{host}-{done[tenant]}", ReservationId = $"{host}-{done[tenant]}" }),
                    default);
                foreach (var tenant in wanted.Except(left))
                    done[tenant]++;
            }
        })));
        foreach (var tenant in tenants)
        {
            var entries = await _store.ReadAsync(tenant, 0, int.MaxValue, default);
            entries.Select(entry => entry.Version).ShouldBe(Enumerable.Range(1, hosts * rounds).Select(version => (long)version));
            entries.Select(entry => entry.OperationId).Distinct().Count().ShouldBe(hosts * rounds);
        }
    }

    [SkippableFact]
    public async Task Two_hosts_that_share_a_tenant_keep_its_limit_and_both_make_progress()
    {
        await using var one = new LedgerHost(await OpenAsync());
        await using var two = new LedgerHost(await OpenAsync());
        await one.SetLimitAsync(new Money(300), BudgetWindow.Total);
        var granted = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => Task.Run(() => ReserveAsync(i % 2 == 0 ? one : two, "r" + i))));
        granted.Count(yes => yes).ShouldBe(300);
        granted.Where((yes, i) => yes && i % 2 == 0).ShouldNotBeEmpty();
        granted.Where((yes, i) => yes && i % 2 == 1).ShouldNotBeEmpty();
        (await two.GetAsync()).Reserved.ShouldBe(new Money(300));

        static async Task<bool> ReserveAsync(LedgerHost host, string id)
        {
            try
            {
                await host.ReserveAsync(id, 1);
                return true;
            }
            catch (InsufficientQuotaException)
            {
                return false;
            }
        }
    }

    /// <summary>The store of one more host on this test's database.</summary>
    protected abstract Task<ILedgerStore> OpenAsync();

    /// <summary>Runs a statement as another program would.</summary>
    protected abstract Task TamperAsync(string statement);

    private static LedgerEntry[] Ends(string id, long version)
    {
        var reserve = Entry(version) with { OperationId = id, ReservationId = id };
        return
        [
            reserve,
            reserve with { Version = version + 1, Kind = LedgerEntryKind.Expire },
            reserve with { Version = version + 2, Kind = LedgerEntryKind.Settle },
            reserve with { Version = version + 3, Kind = LedgerEntryKind.Release },
        ];
    }

    private static LedgerEntry Entry(long version, string tenant = "acme") => new(
        tenant, version, Noon, LedgerEntryKind.Reserve, "op" + version, "op" + version, new Money(version), Noon.AddMinutes(2), new Payer(tenant, "team", "", "key"), "small",
        "traj", BudgetScope.Tenant, BudgetWindow.Total, string.Empty);
}
