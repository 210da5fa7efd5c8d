using Orchestra.Core.Learning.Scheduling;
using Orchestra.Core.Trajectories;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>What every log of trainings does.</summary>
public abstract class TrainingLogConformance
{
    private static readonly DateTimeOffset Now = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    [SkippableFact]
    public async Task One_host_trains_at_a_time_and_not_before_it_is_time_again()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());

        (await BeginAsync(one, "a", 0)).ShouldBeTrue();
        (await BeginAsync(other, "b", 0)).ShouldBeFalse();
        await other.EndAsync("b", new ChangePlace(9, 9), default);
        (await one.ReadPlaceAsync(default)).ShouldBe(ChangePlace.Start);
        await one.EndAsync("a", new ChangePlace(5, 7), default);

        (await other.ReadPlaceAsync(default)).ShouldBe(new ChangePlace(5, 7));
        (await BeginAsync(other, "b", 59)).ShouldBeFalse();
        (await BeginAsync(other, "b", 60)).ShouldBeTrue();
        (await other.ReadPlaceAsync(default)).ShouldBe(new ChangePlace(5, 7));
    }

    [SkippableFact]
    public async Task A_host_that_ends_without_a_word_does_not_hold_the_others_up_for_ever()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        (await one.TryBeginAsync("a", Now, TimeSpan.FromHours(2), Every, default)).ShouldBeTrue();

        (await BeginAsync(other, "b", 90)).ShouldBeFalse();
        (await BeginAsync(other, "b", 120)).ShouldBeTrue();
        await one.EndAsync("a", new ChangePlace(1, 1), default);

        (await BeginAsync(one, "c", 121)).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Of_many_at_once_one_begins()
    {
        var logs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));

        var begun = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => BeginAsync(logs[i % 4], $"host_{i}", 0))));

        begun.Count(won => won).ShouldBe(1);
    }

    /// <summary>The log of this test's database.</summary>
    protected abstract Task<ITrainingLog> OpenAsync();

    private static Task<bool> BeginAsync(ITrainingLog log, string host, int minutes) => log.TryBeginAsync(host, Now.AddMinutes(minutes), Lease, Every, default);
}
