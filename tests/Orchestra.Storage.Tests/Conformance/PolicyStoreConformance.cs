using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>What every store of policies does.</summary>
public abstract class PolicyStoreConformance
{
    private static readonly DateTimeOffset At = new(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly byte[] File = [0, 1, 255, 3];

    [SkippableFact]
    public async Task A_policy_is_kept_once_and_all_hosts_read_it()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());

        (await first.AddAsync(Policy("pol_1", 0), File, default)).ShouldBeTrue();
        (await second.AddAsync(Policy("pol_1", 9), new byte[] { 7 }, default)).ShouldBeFalse();
        (await second.AddAsync(Policy("pol_2", 1), new byte[] { 8 }, default)).ShouldBeTrue();

        (await second.ReadAsync("pol_1", default)).ShouldBe(File);
        (await second.ReadAsync("pol_3", default)).ShouldBeNull();
        (await second.FindAsync("pol_3", default)).ShouldBeNull();
        var found = (await second.FindAsync("pol_1", default)).ShouldNotBeNull();
        (found.Id, found.Bytes, found.AddedAt).ShouldBe(("pol_1", 4, At));
        (found.Card.Seed, found.Card.Experts[0], found.Card.Data[0].Name).ShouldBe((5, "small", "table.jsonl"));
        (await first.ListAsync(10, default)).Select(policy => policy.Id).ShouldBe(["pol_2", "pol_1"]);
        (await first.ListAsync(1, default)).Select(policy => policy.Id).ShouldBe(["pol_2"]);
    }

    [SkippableFact]
    public async Task Of_two_changes_at_once_one_is_made_and_the_log_keeps_all_in_order()
    {
        var (first, second) = (await OpenAsync(), await OpenAsync());
        (await first.ReadRolloutAsync(default)).ShouldBe(PolicyRollout.None);
        var shadow = PolicyRollout.None.Shadow("pol_1", At);
        (await first.TryChangeAsync(new RolloutChange(shadow, "shadow", "ops", null), default)).ShouldBeTrue();

        var canary = shadow.Canary("pol_1", 0.05, At.AddMinutes(1));
        var changes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
            (i % 2 == 0 ? first : second).TryChangeAsync(new RolloutChange(canary, "canary", $"ops{i}", null), default))));
        changes.Count(isMade => isMade).ShouldBe(1);

        var promoted = canary.Promote("pol_1", At.AddMinutes(2));
        var last = new RolloutChange(promoted, "promote", "ops", "Because.");
        (await second.TryChangeAsync(last, default)).ShouldBeTrue();
        (await first.ReadRolloutAsync(default)).ShouldBe(promoted);
        var log = await first.ListChangesAsync(10, default);
        log[0].ShouldBe(last);
        log.Select(change => change.State).ShouldBe([promoted, canary, shadow]);
    }

    [SkippableFact]
    public async Task Sums_of_all_hosts_add_up_by_version()
    {
        var stores = new[] { await OpenAsync(), await OpenAsync() };
        var tally = new RolloutTally(
            new ArmTally(3, 1, 0.5, 0.25, 2) { Heard = 2, HeardRejections = 1 }, new ArmTally(1, 0, 0.125, 0.0625, 4) { Heard = 5, HeardRejections = 3 }, 7, 6);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => stores[i % 2].AddTallyAsync(2, tally, default))));

        var sum = Enumerable.Repeat(tally, 8).Aggregate((a, b) => a + b);
        (await stores[0].ReadTallyAsync(2, default)).ShouldBe(sum);
        (await stores[1].ReadTallyAsync(1, default)).ShouldBe(default);
    }

    [SkippableFact]
    public async Task Queries_that_clients_may_speak_of_are_counted_once_by_whichever_host()
    {
        var stores = new[] { await OpenAsync(), await OpenAsync() };
        await stores[0].AddAwaitingAsync([], default);
        var queries = Enumerable.Range(0, 60).Select(i => new AwaitingQuery($"traj_{i:00}", 1 + (i % 2), i % 3 == 0, i % 5 == 0, At.AddSeconds(i))).ToList();
        await stores[0].AddAwaitingAsync(queries, default);
        await stores[1].AddAwaitingAsync([queries[7] with { IsRejected = true }], default);
        (await stores[1].ReadAwaitingAsync(At.AddSeconds(9), 100, default)).ShouldBe(queries[..10]);
        (await stores[1].ReadAwaitingAsync(At.AddSeconds(90), 4, default)).ShouldBe(queries[..4]);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => stores[i % 2].CountAsync(queries[..50], default))));
        await stores[0].CountAsync(queries[..50], default);

        (await stores[0].ReadAwaitingAsync(At.AddSeconds(90), 100, default)).ShouldBe(queries[50..]);
        foreach (var version in new[] { 1L, 2 })
        {
            var heard = queries[..50].Where(query => query.Version == version).ToLookup(query => query.IsCanary);
            var tally = await stores[1].ReadTallyAsync(version, default);
            (tally.Active.Heard, tally.Active.HeardRejections).ShouldBe((heard[false].Count(), heard[false].Count(query => query.IsRejected)));
            (tally.Canary.Heard, tally.Canary.HeardRejections).ShouldBe((heard[true].Count(), heard[true].Count(query => query.IsRejected)));
            tally.Active.Queries.ShouldBe(0);
        }
    }

    /// <summary>The store of one more host on this test's database.</summary>
    protected abstract Task<IPolicyStore> OpenAsync();

    private static StoredPolicy Policy(string id, int minute) => new(
        id, new ModelCard { Seed = 5, Data = [new DataFingerprint("table.jsonl", 3, "ab")], Experts = ["small"] }, 4, At.AddMinutes(minute));
}
