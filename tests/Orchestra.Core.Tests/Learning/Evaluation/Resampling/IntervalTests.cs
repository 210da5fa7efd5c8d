using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Tests.Learning.Evaluation.Resampling;

public sealed class IntervalTests
{
    [Fact]
    public void It_lies_between_the_percentiles_whatever_the_order() =>
        Interval.Of([.. Enumerable.Range(0, 201).Reverse().Select(i => (double)i)]).ShouldBe(new Interval(5, 195));

    [Fact]
    public void Values_that_are_not_defined_are_left_out() => Interval.Of([double.NaN, 1, double.NaN, 1]).ShouldBe(new Interval(1, 1));

    [Fact]
    public void Without_any_value_there_is_none() => double.IsNaN(Interval.Of([double.NaN]).Low).ShouldBeTrue();

    [Fact]
    public void A_value_that_is_often_not_reached_has_no_upper_end() =>
        Interval.Of([1, 1, 1, double.PositiveInfinity, double.PositiveInfinity]).ShouldBe(new Interval(1, double.PositiveInfinity));
}
