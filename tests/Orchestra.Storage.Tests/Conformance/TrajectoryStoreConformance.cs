using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Conducting;
using Orchestra.Core.Configuration;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Trajectories;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>What every store of trajectories does.</summary>
public abstract class TrajectoryStoreConformance
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [SkippableFact]
    public async Task A_queued_trajectory_is_found_before_it_is_written()
    {
        await using var store = await OpenAsync();
        var trajectory = Example("traj_1");
        await store.AddAsync(trajectory);
        (await store.FindAsync("traj_1", default)).ShouldBeSameAs(trajectory);
        (await store.FindAsync("traj_2", default)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task All_of_it_comes_back_from_the_file()
    {
        var trajectory = Example("traj_1");
        await using (var store = await OpenAsync())
            await store.AddAsync(trajectory);
        await using var reopened = await OpenAsync();

        var found = await reopened.FindAsync("traj_1", default);

        found.ShouldNotBeNull();
        (found with { Steps = [], Feedback = [], Shadows = [] }).ShouldBe(trajectory with { Steps = [] });
        found.Steps.ShouldBe(trajectory.Steps);
    }

    [SkippableFact]
    public async Task More_than_the_queue_holds_waits_and_is_written()
    {
        await using (var store = await OpenAsync(TimeProvider.System))
            await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => Task.Run(async () => await store.AddAsync(Example("traj_" + i) with { StartedAt = TimeProvider.System.GetUtcNow() }))));
        await using var reopened = await OpenAsync(TimeProvider.System);
        foreach (var i in Enumerable.Range(0, 5_000))
            (await reopened.FindAsync("traj_" + i, default)).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task The_same_id_twice_keeps_the_first()
    {
        await using (var store = await OpenAsync())
        {
            await store.AddAsync(Example("traj_1"));
            await store.AddAsync(Example("traj_1") with { Outcome = "cancelled" });
            await store.AddAsync(Example("traj_2"));
        }

        await using var reopened = await OpenAsync();
        (await reopened.FindAsync("traj_1", default))!.Outcome.ShouldBe("answered");
        (await reopened.FindAsync("traj_2", default)).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task Old_ones_are_deleted_and_young_ones_kept()
    {
        await using (var store = await OpenAsync())
        {
            for (var i = 0; i < 1_500; i++)
                await store.AddAsync(Example("old_" + i));
            await store.AddAsync(Example("young") with { StartedAt = _time.GetUtcNow() + TimeSpan.FromDays(1) });
        }

        _time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromHours(1));
        await using var reopened = await OpenAsync();
        // Three passes of 500.
        await Eventually.TrueAsync(async () => await reopened.FindAsync("old_0", default) is null && await reopened.FindAsync("old_1499", default) is null);
        (await reopened.FindAsync("young", default)).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task What_comes_after_the_stop_is_lost_without_an_error()
    {
        var store = await OpenAsync();
        await store.DisposeAsync();
        await store.AddAsync(Example("traj_1"));
        await store.DisposeAsync();
    }

    [SkippableFact]
    public async Task Trajectories_come_back_page_by_page_with_the_last_feedback_of_each_key_and_their_shadow_answers()
    {
        await using (var store = await OpenAsync())
        {
            for (var i = 0; i < 600; i++)
                await store.AddAsync(Example($"traj_{i:000}") with { TenantId = i % 3 == 0 ? "acme" : "other", StartedAt = _time.GetUtcNow().AddMilliseconds(i / 7) });
        }

        await using var history = await OpenHistoryAsync();
        var example = Example("traj_300") with { StartedAt = _time.GetUtcNow().AddMilliseconds(42) };
        var feedback = new Feedback { TrajectoryId = "traj_300", KeyId = "k1", GivenAt = _time.GetUtcNow(), Score = 0.25, Comment = "“ü”\0 🎻" };
        var shadow = new ShadowAnswer { TrajectoryId = "traj_300", Expert = "large", Probability = 0.05, PaidBy = "lab", Text = "2", Usage = new(3, 4), Cost = new Money(7), Latency = TimeSpan.FromMilliseconds(2.5) };
        await history.AddAsync(example, feedback, default);
        await history.AddAsync(example, feedback with { Score = 1 }, default);
        await history.AddAsync(example, feedback with { KeyId = "k0", GivenAt = feedback.GivenAt.AddSeconds(1) }, default);
        await history.AddAsync(example.StartedAt, shadow, default);
        await history.AddAsync(example.StartedAt, shadow with { Text = "later" }, default);

        var all = await ReadAsync(history, new TrajectoryFilter());
        all.Select(trajectory => trajectory.Id).ShouldBe(Enumerable.Range(0, 600).Select(i => $"traj_{i:000}"));
        all[300].Feedback.ShouldBe([feedback with { Score = 1 }, feedback with { KeyId = "k0", GivenAt = feedback.GivenAt.AddSeconds(1) }]);
        all[300].Shadows.ShouldBe([shadow]);
        all.Count(trajectory => trajectory.Feedback.Count + trajectory.Shadows.Count > 0).ShouldBe(1);
        (await history.CompleteAsync(example, default)).Shadows.ShouldBe([shadow]);
        (await ReadAsync(history, new TrajectoryFilter("acme"))).Count.ShouldBe(200);
        (await ReadAsync(history, new TrajectoryFilter(null, _time.GetUtcNow().AddMilliseconds(1), _time.GetUtcNow().AddMilliseconds(3)))).Count.ShouldBe(14);
    }

    [SkippableFact]
    public async Task Feedback_and_shadow_answers_go_with_their_trajectory()
    {
        await using var history = await OpenHistoryAsync();
        var old = Example("old");
        await history.AddAsync(old, new Feedback { TrajectoryId = "old", KeyId = "k1", GivenAt = _time.GetUtcNow(), Score = 1 }, default);
        await history.AddAsync(old.StartedAt, new ShadowAnswer { TrajectoryId = "old", Expert = "large", Probability = 1, PaidBy = "lab" }, default);
        _time.Advance(TimeSpan.FromDays(30) + TimeSpan.FromHours(1));
        await using var store = await OpenAsync();
        await Eventually.TrueAsync(async () => await history.CompleteAsync(old, default) is { Feedback.Count: 0, Shadows.Count: 0 });
    }

    [SkippableFact]
    public async Task What_becomes_known_comes_once_in_the_order_of_its_last_change_to_every_reader()
    {
        await using var history = await OpenHistoryAsync();
        var feedback = new Feedback { TrajectoryId = "traj_1", KeyId = "k1", GivenAt = _time.GetUtcNow(), Score = 1 };
        // What is said of a trajectory may be there before the trajectory itself, which is queued.
        await history.AddAsync(Example("traj_3"), feedback with { TrajectoryId = "traj_3" }, default);
        (await history.ReadChangesAsync(ChangePlace.Start, 10, default)).Trajectories.ShouldBeEmpty();
        await using (var store = await OpenAsync())
        {
            foreach (var i in Enumerable.Range(1, 4))
                await store.AddAsync(Example($"traj_{i}"));
        }

        await Eventually.TrueAsync(async () => (await history.ReadChangesAsync(ChangePlace.Start, 10, default)).Trajectories.Count == 4);
        var all = await history.ReadChangesAsync(ChangePlace.Start, 10, default);
        all.Trajectories.Select(trajectory => trajectory.Id).ShouldBe(["traj_1", "traj_2", "traj_3", "traj_4"]);
        all.IsLast.ShouldBeTrue();
        all.Trajectories[2].Feedback.Count.ShouldBe(1);
        (await history.ReadChangesAsync(all.Place, 10, default)).Trajectories.ShouldBeEmpty();

        await history.AddAsync(Example("traj_2"), feedback with { TrajectoryId = "traj_2" }, default);
        await history.AddAsync(Example("traj_1"), feedback, default);
        await history.AddAsync(Example("traj_2"), feedback with { TrajectoryId = "traj_2", Score = 0 }, default);
        await history.AddAsync(Example("traj_4").StartedAt, new ShadowAnswer { TrajectoryId = "traj_4", Expert = "large", Probability = 1, PaidBy = "lab" }, default);
        await Eventually.TrueAsync(async () => (await history.ReadChangesAsync(all.Place, 10, default)).Trajectories.Count == 3);
        var later = await history.ReadChangesAsync(all.Place, 10, default);
        later.Trajectories.Select(trajectory => trajectory.Id).ShouldBe(["traj_1", "traj_2", "traj_4"]);
        later.Trajectories[1].Feedback.ShouldHaveSingleItem().Score.ShouldBe(0);

        var first = await history.ReadChangesAsync(ChangePlace.Start, 3, default);
        first.Trajectories.Select(trajectory => trajectory.Id).ShouldBe(["traj_3", "traj_1", "traj_2"]);
        first.IsLast.ShouldBeFalse();
        (await history.ReadChangesAsync(await history.FindPlaceAsync(2, default), 10, default)).Trajectories.Select(trajectory => trajectory.Id).ShouldBe(["traj_2", "traj_4"]);
        (await history.FindPlaceAsync(100, default)).ShouldBe(ChangePlace.Start);
    }

    private static async Task<List<Trajectory>> ReadAsync(TrajectoryHistory history, TrajectoryFilter filter)
    {
        var found = new List<Trajectory>();
        await foreach (var trajectory in history.ReadAsync(filter, default))
            found.Add(trajectory);
        return found;
    }

    private static Trajectory Example(string id) => new()
    {
        Id = id,
        TenantId = "acme",
        KeyId = "k1",
        StartedAt = new DateTimeOffset(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero),
        Duration = TimeSpan.FromMilliseconds(12.345),
        Model = "orchestra",
        Streamed = true,
        Query = "What is 1 + 1? “ü” 🎻",
        Conductor = "complexity",
        Assessment = new Assessment(2, TaskType.Math, "rules"),
        Outcome = "answered",
        Cost = new Money(1_234_567_891),
        Steps =
        [
            new TrajectoryStep
            {
                Turn = 1, Move = "delegate", Target = "small", Reason = "easy", ObservationId = 0, Observation = "2", FinishReason = "stop",
                Verdict = new Verdict(true, 0.9, "arithmetic", "fits"), Cost = new Money(7), Latency = TimeSpan.FromMilliseconds(3.5),
            },
            new TrajectoryStep { Turn = 2, Move = "finish", Target = "0", Reason = "accepted" },
        ],
    };

    /// <summary>The table of this test's database, whatever was opened before.</summary>
    private protected abstract Task<ITrajectoryTable> OpenTableAsync();

    /// <summary>The tables of later knowledge of this test's database.</summary>
    private protected abstract Task<IHistoryTable> OpenHistoryTableAsync();

    private async Task<TrajectoryHistory> OpenHistoryAsync() => new(await OpenHistoryTableAsync(), NullLogger<TrajectoryHistory>.Instance);

    private async Task<TrajectoryStore> OpenAsync(TimeProvider? time = null) =>
        new(await OpenTableAsync(), new TrajectoryOptions(), time ?? _time, NullLogger<TrajectoryStore>.Instance);
}
