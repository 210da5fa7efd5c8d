using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Complexity;

namespace Orchestra.Core.Tests.Conducting.Complexity;

public sealed class AssessmentCacheTests
{
    private static readonly Assessment Hard = new(9, TaskType.Math, "model");
    private readonly Clock _clock = new();

    [Fact]
    public void It_remembers_by_analyser_and_prompt()
    {
        var cache = new AssessmentCache(10, TimeSpan.FromHours(1), _clock);
        cache.Add("a", "p", Hard);

        cache.Find("a", "p").ShouldBe(Hard with { Source = "cache" });
        cache.Find("b", "p").ShouldBeNull();
        cache.Find("a", "q").ShouldBeNull();
    }

    [Fact]
    public void It_forgets_when_the_time_is_up()
    {
        var cache = new AssessmentCache(10, TimeSpan.FromHours(1), _clock);
        cache.Add("a", "p", Hard);

        _clock.Now += TimeSpan.FromMinutes(59);
        cache.Find("a", "p").ShouldNotBeNull();
        _clock.Now += TimeSpan.FromMinutes(1);
        cache.Find("a", "p").ShouldBeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void It_never_holds_more_than_its_capacity_and_keeps_what_is_asked_for(int capacity)
    {
        var cache = new AssessmentCache(capacity, TimeSpan.FromHours(1), _clock);
        cache.Add("a", "favourite", Hard);

        for (var i = 0; i < 1_000; i++)
        {
            cache.Add("a", $"p{i}", Hard);
            if (capacity >= 100)
                cache.Find("a", "favourite").ShouldNotBeNull();
            cache.Count.ShouldBeLessThanOrEqualTo(capacity + (capacity % 2));
        }
    }

    [Fact]
    public void Many_threads_may_use_it_at_once()
    {
        var cache = new AssessmentCache(64, TimeSpan.FromHours(1), _clock);

        Parallel.For(0, 20_000, i =>
        {
            cache.Add("a", $"p{i % 500}", Hard);
            cache.Find("a", $"p{(i * 7) % 500}")?.Complexity.ShouldBe(9);
        });

        cache.Count.ShouldBeLessThanOrEqualTo(64);
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
