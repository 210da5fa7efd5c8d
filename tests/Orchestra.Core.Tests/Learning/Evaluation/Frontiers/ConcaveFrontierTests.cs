using FsCheck.Xunit;
using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Tests.Learning.Evaluation.Frontiers;

public sealed class ConcaveFrontierTests
{
    [Fact]
    public void Its_corners_are_the_points_that_no_mixture_beats()
    {
        // (2, .55) lies under the line from (1, .5) to (3, .7); (4, .6) is dearer and worse than (3, .7).
        var frontier = ConcaveFrontier.Of([4, 3, 1, 2, 6], [0.6, 0.7, 0.5, 0.55, 0.75]);
        frontier.Costs.ToArray().ShouldBe([1, 3, 6]);
        frontier.Accuracies.ToArray().ShouldBe([0.5, 0.7, 0.75]);
    }

    [Fact]
    public void Between_corners_two_settings_are_mixed()
    {
        var frontier = ConcaveFrontier.Of([1, 3], [0.5, 0.7]);
        frontier.AccuracyAt(2).ShouldBe(0.6, 1e-12);
        frontier.AccuracyAt(9).ShouldBe(0.7, 1e-12);
        frontier.CostOf(0.65).ShouldBe(2.5, 1e-12);
        frontier.CostOf(0.3).ShouldBe(1);
    }

    [Fact]
    public void What_is_not_reached_is_said_to_be_so()
    {
        var frontier = ConcaveFrontier.Of([1, 3], [0.5, 0.7]);
        double.IsNaN(frontier.AccuracyAt(0.9)).ShouldBeTrue();
        frontier.CostOf(0.71).ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Of_points_with_the_same_cost_the_best_counts() => ConcaveFrontier.Of([2, 2, 2], [0.1, 0.9, 0.5]).Accuracies.ToArray().ShouldBe([0.9]);

    [Property(MaxTest = 100)]
    public void No_point_lies_above_it_and_its_slopes_fall(int seed)
    {
        var random = new Random(seed);
        var costs = Enumerable.Range(0, 12).Select(_ => (double)random.Next(1, 9)).ToArray();
        var accuracies = Enumerable.Range(0, 12).Select(_ => random.NextDouble()).ToArray();
        var frontier = ConcaveFrontier.Of([.. costs], [.. accuracies]);
        for (var i = 0; i < costs.Length; i++)
            frontier.AccuracyAt(costs[i]).ShouldBeGreaterThanOrEqualTo(accuracies[i] - 1e-12);
        for (var i = 2; i < frontier.Costs.Length; i++)
        {
            var before = (frontier.Accuracies[i - 1] - frontier.Accuracies[i - 2]) / (frontier.Costs[i - 1] - frontier.Costs[i - 2]);
            ((frontier.Accuracies[i] - frontier.Accuracies[i - 1]) / (frontier.Costs[i] - frontier.Costs[i - 1])).ShouldBeLessThan(before);
        }
    }
}
