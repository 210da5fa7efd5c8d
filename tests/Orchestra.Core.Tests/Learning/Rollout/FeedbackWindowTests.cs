using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Trajectories;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Core.Tests.Learning.Rollout;

public sealed class FeedbackWindowTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Ended = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Ended);
    private readonly RolloutTallies _tallies = new();
    private readonly RolloutOptions _options = new();
    private readonly ServiceProvider _services;
    private readonly IPolicyStore _store;
    private readonly ITrajectoryHistory _history;

    public FeedbackWindowTests()
    {
        _services = new ServiceCollection().AddLogging().AddSqliteStorage(_folder.Path).BuildServiceProvider();
        _store = _services.GetRequiredService<IPolicyStore>();
        _history = _services.GetRequiredService<ITrajectoryHistory>();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_query_counts_once_with_what_each_key_said_last()
    {
        await AddAsync("silent", false);
        await AddAsync("liked", false, 1);
        await AddAsync("disliked twice", false, 0, 0.2);
        await AddAsync("changed to good", false, 0, 1);
        await AddAsync("changed to bad", false, 1, 0.4);
        await AddAsync("rejected and disliked", true, 0);
        await AddAsync("rejected and liked", true, 1);
        await AddAsync("half", false, 0.5);

        await PassAsync();
        (await HeardAsync()).ShouldBe((0, 0), "Clients may still speak.");
        _time.Advance(_options.FeedbackWindow);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(PassAsync)));
        await PassAsync();

        (await HeardAsync()).ShouldBe((8, 4));
    }

    [Fact]
    public async Task Feedback_that_comes_too_late_or_without_a_score_says_nothing()
    {
        await AddAsync("late", false);
        await AddAsync("comment", false);
        await SayAsync("late", "key", 0, Ended + _options.FeedbackWindow + TimeSpan.FromMilliseconds(1));
        await SayAsync("comment", "key", null, Ended);
        _time.Advance(_options.FeedbackWindow);

        await PassAsync();

        (await HeardAsync()).ShouldBe((2, 0));
    }

    [Fact]
    public async Task Several_keys_are_averaged_and_more_queries_than_a_page_are_all_counted()
    {
        for (var i = 0; i < 1_200; i++)
            await AddAsync($"many-{i}", false);
        await SayAsync("many-0", "one", 0, Ended);
        await SayAsync("many-0", "two", 0.8, Ended);
        await SayAsync("many-1", "one", 0, Ended);
        await SayAsync("many-1", "two", 1, Ended);
        _time.Advance(_options.FeedbackWindow);

        await PassAsync();

        (await HeardAsync()).ShouldBe((1_200, 1));
    }

    [Fact]
    public void What_a_host_keeps_is_bounded()
    {
        for (var i = 0; i < RolloutTallies.MostAwaiting + 5; i++)
            _tallies.Await(new AwaitingQuery($"t{i}", 1, false, false, Ended));

        _tallies.TakeAwaiting().Count.ShouldBe(RolloutTallies.MostAwaiting);
        _tallies.TakeAwaiting().ShouldBeEmpty();
    }

    private async Task AddAsync(string id, bool isRejected, params double[] scores)
    {
        _tallies.Await(new AwaitingQuery(id, 3, IsCanary: true, isRejected, Ended));
        for (var i = 0; i < scores.Length; i++)
            await SayAsync(id, "key", scores[i], Ended.AddSeconds(i));
    }

    private Task SayAsync(string id, string key, double? score, DateTimeOffset at)
    {
        var trajectory = new Trajectory { Id = id, TenantId = "acme", KeyId = key, StartedAt = Ended, Duration = TimeSpan.Zero, Model = "orchestra", Outcome = "answered" };
        return _history.AddAsync(trajectory, new Feedback { TrajectoryId = id, KeyId = key, GivenAt = at, Score = score, Comment = "Hm." }, default);
    }

    private async Task PassAsync()
    {
        var window = new FeedbackWindow(_store, _history, _tallies, _options, _time);
        await window.FlushAsync(default);
        await window.CountAsync(default);
    }

    private async Task<(long Heard, long Rejections)> HeardAsync()
    {
        var tally = await _store.ReadTallyAsync(3, default);
        return (tally.Canary.Heard, tally.Canary.HeardRejections);
    }
}
