using FsCheck;
using FsCheck.Xunit;
using Orchestra.Cli.Bench.Gateway;

namespace Orchestra.Cli.Tests.Bench.Gateway;

public sealed class LatencyStatisticsTests
{
    [Theory]
    [InlineData(50, 50)]
    [InlineData(99, 99)]
    [InlineData(100, 100)]
    [InlineData(0.5, 1)]
    public void The_percentile_of_1_to_100_is_the_number_itself(double percent, long expected) =>
        LatencyStatistics.Percentile(Enumerable.Range(1, 100).Select(value => (long)value).ToArray(), percent).ShouldBe(expected);

    [Fact]
    public void Of_nothing_everything_is_0()
    {
        LatencyStatistics.Percentile([], 99).ShouldBe(0);
        LatencyStatistics.Median([]).ShouldBe(0);
    }

    [Property]
    public bool At_least_the_asked_share_lies_at_or_below_a_percentile_and_fewer_lie_below_it(NonEmptyArray<long> values, byte percent)
    {
        var ascending = values.Get.Order().ToArray();
        var share = Math.Clamp((int)percent, 1, 100);
        var found = LatencyStatistics.Percentile(ascending, share);
        return ascending.Count(value => value <= found) * 100L >= share * (long)ascending.Length
            && ascending.Count(value => value < found) * 100L < share * (long)ascending.Length;
    }

    [Theory]
    [InlineData(new double[] { 3, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 3, 2 }, 2.5)]
    public void The_median_is_the_middle_or_the_mean_of_two(double[] values, double expected) => LatencyStatistics.Median(values).ShouldBe(expected);
}
