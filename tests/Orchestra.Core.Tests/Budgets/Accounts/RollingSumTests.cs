using FsCheck.Xunit;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class RollingSumTests
{
    private const long Hour = 3_600_000;
    private const long Day = 24 * Hour;

    [Theory]
    [InlineData(1, Hour)]
    [InlineData(31, Hour)]
    [InlineData(32, Day)]
    [InlineData(366, Day)]
    public void The_oldest_step_counts_whole(int days, long step)
    {
        var sum = new RollingSum(days);
        var start = 20_000 * Day;
        sum.Add(start, 5);
        sum.At(start + (days * Day) + step - 1).ShouldBe(5);
        sum.At(start + (days * Day) + step).ShouldBe(0);
    }

    [Property(MaxTest = 500)]
    public void At_any_time_it_is_the_sum_of_what_still_counts((ushort Later, short Amount)[] additions, byte length)
    {
        var days = 1 + (length % 40);
        var step = days <= 31 ? Hour : Day;
        var sum = new RollingSum(days);
        var known = new List<(long At, long Amount)>();
        var now = 20_000 * Day;
        foreach (var (later, amount) in additions)
        {
            now += later * 60_000L;
            sum.Add(now, amount);
            known.Add((now, amount));
            // Something billed earlier is given back.
            var (at, billed) = known[known.Count / 2];
            sum.Add(at, -billed / 2);
            known.Add((at, -billed / 2));
            if (later % 3 == 0)
                sum.Trim(now);
            foreach (var moment in new[] { now, now + (days * Day / 2), now })
            {
                var from = (moment - (days * Day)) / step * step;
                sum.At(moment).ShouldBe(known.Where(addition => addition.At >= from).Sum(addition => addition.Amount));
            }
        }
    }

    [Fact]
    public void It_forgets_what_no_longer_counts()
    {
        var sum = new RollingSum(1);
        for (var hour = 0; hour < 10_000; hour++)
        {
            sum.Add(hour * Hour, 1);
            sum.Trim(hour * Hour);
        }

        sum.StepsAt(10_000 * Hour).Count.ShouldBe(24);
        sum.StepsAt(5_000 * Hour).Count.ShouldBe(25);
    }
}
