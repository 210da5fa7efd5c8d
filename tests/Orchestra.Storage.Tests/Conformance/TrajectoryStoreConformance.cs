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
        (found with { Steps = [] }).ShouldBe(trajectory with { Steps = [] });
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

    private async Task<TrajectoryStore> OpenAsync(TimeProvider? time = null) =>
        new(await OpenTableAsync(), new TrajectoryOptions(), time ?? _time, NullLogger<TrajectoryStore>.Instance);
}
