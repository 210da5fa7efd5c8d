using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Learning.Scheduling;

namespace Orchestra.Core.Tests.Learning.Scheduling;

public sealed class ScheduledTrainingTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly TrainingBench _bench = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    ValueTask IAsyncDisposable.DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_policy_that_predicts_better_is_kept_with_its_card_and_decides_in_the_shadow()
    {
        using var host = _bench.Host();
        var present = await _bench.PromoteAsync(PolicyBytes.Of(1));
        await _bench.ServeAsync(120);

        (await host.PassAsync(default)).ShouldBe(TrainingResult.Shadow);

        var rollout = await _bench.Policies.ReadRolloutAsync(default);
        (rollout.Active, rollout.Stage).ShouldBe((present, RolloutStage.Shadow));
        var stored = (await _bench.Policies.FindAsync(rollout.Candidate!, default)).ShouldNotBeNull();
        stored.Card.Name!.ShouldStartWith("scheduled-");
        (stored.Card.Previous, stored.Card.Data[0].Name).ShouldBe((present, "trajectories"));
        stored.Card.Training["compared_log_likelihood"].ShouldBeGreaterThan(stored.Card.Training["compared_log_likelihood_error"]);
        // Rows held out, some of the new ones, are not learned from.
        (stored.Card.Data[0].Rows + (int)stored.Card.Training["compared_rows"]).ShouldBe(120);
        var policy = Policy.Parse((await _bench.Policies.ReadAsync(stored.Id, default))!);
        // It remembers what the one before it knew, too.
        policy.Weights.Memory.Total("large").Count.ShouldBe(12);
        policy.Weights.Memory.Total("small").Count.ShouldBe(12 + stored.Card.Data[0].Rows);
    }

    [Fact]
    public async Task One_host_trains_when_it_is_time_and_enough_is_new()
    {
        using var one = _bench.Host();
        using var other = _bench.Host();
        await _bench.PromoteAsync(PolicyBytes.Of(1));
        await _bench.ServeAsync(40);

        (await one.PassAsync(default)).ShouldBe(TrainingResult.TooFew);
        (await other.PassAsync(default)).ShouldBe(TrainingResult.NotDue);
        await _bench.ServeAsync(40);
        _bench.Time.Advance(TimeSpan.FromHours(1));
        (await other.PassAsync(default)).ShouldBe(TrainingResult.Shadow);
        (await one.PassAsync(default)).ShouldBe(TrainingResult.NotDue);
        _bench.Time.Advance(TimeSpan.FromHours(1));
        (await one.PassAsync(default)).ShouldBe(TrainingResult.TooFew);
    }

    [Fact]
    public async Task A_policy_that_is_no_better_is_thrown_away()
    {
        using var host = _bench.Host();
        await _bench.PromoteAsync(PolicyBytes.Of(1));
        await _bench.ServeAsync(200);
        await host.PassAsync(default);
        var candidate = (await _bench.Policies.ReadRolloutAsync(default)).Candidate!;
        await _bench.Registry.PromoteAsync(candidate, "ops", default);
        // Predictions of what is certain hardly get better.
        await _bench.ServeAsync(60);
        _bench.Options.MaxRows = 100;
        _bench.Time.Advance(TimeSpan.FromHours(1));

        var result = await host.PassAsync(default);

        result.ShouldBe(TrainingResult.NotBetter);
        (await _bench.Policies.ListAsync(10, default)).Count.ShouldBe(2);
        (await _bench.Policies.ReadRolloutAsync(default)).Candidate.ShouldBeNull();
    }

    [Fact]
    public async Task A_canary_that_is_on_its_way_keeps_its_place()
    {
        using var host = _bench.Host();
        await _bench.PromoteAsync(PolicyBytes.Of(1));
        var (other, _) = await _bench.Registry.AddAsync(PolicyBytes.Of(2), "ops", default);
        await _bench.Registry.CanaryAsync(other.Id, 0.1, "ops", default);
        await _bench.ServeAsync(120);

        (await host.PassAsync(default)).ShouldBe(TrainingResult.Kept);

        (await _bench.Policies.ReadRolloutAsync(default)).Candidate.ShouldBe(other.Id);
        (await _bench.Policies.ListAsync(10, default)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_canary_serves_its_share_where_the_settings_say_so()
    {
        _bench.Options.Then = TrainingScheduleOptions.ThenCanary;
        _bench.Options.Share = 0.2;
        using var host = _bench.Host();
        await _bench.PromoteAsync(PolicyBytes.Of(1));
        await _bench.ServeAsync(120);

        (await host.PassAsync(default)).ShouldBe(TrainingResult.Canary);

        var rollout = await _bench.Policies.ReadRolloutAsync(default);
        (rollout.Stage, rollout.Share).ShouldBe((RolloutStage.Canary, 0.2));
    }

    [Fact]
    public async Task Where_there_is_nothing_to_compare_with_a_policy_decides_but_does_not_serve()
    {
        _bench.Options.Then = TrainingScheduleOptions.ThenCanary;
        using var host = _bench.Host();
        await _bench.ServeAsync(80);

        (await host.PassAsync(default)).ShouldBe(TrainingResult.Shadow);
    }

    [Fact]
    public async Task Work_on_the_low_priority_thread_yields_and_its_failure_is_told()
    {
        var nice = await LowPriorityThread.RunAsync("test", () => OperatingSystem.IsLinux() ? File.ReadAllText("/proc/thread-self/stat").Split(' ')[18] : "15");

        int.Parse(nice).ShouldBeGreaterThanOrEqualTo(15);
        await Should.ThrowAsync<InvalidDataException>(() => LowPriorityThread.RunAsync<int>("test", () => throw new InvalidDataException()));
    }
}
