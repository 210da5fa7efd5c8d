using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class FrontierAreaTests
{
    [Fact]
    public void The_area_is_the_accuracy_where_that_does_not_depend_on_cost() => FrontierArea.Of([Point(0.001, 0.7)], from: 0.001, to: 1).ShouldBe(0.7, 1e-9);

    [Fact]
    public void A_point_that_is_dearer_and_worse_changes_nothing_and_a_better_one_counts_at_its_cost_and_above()
    {
        var alone = FrontierArea.Of([Point(0.001, 0.5)], from: 0.001, to: 1);

        FrontierArea.Of([Point(0.001, 0.5), Point(0.5, 0.4)], from: 0.001, to: 1).ShouldBe(alone);
        var late = FrontierArea.Of([Point(0.001, 0.5), Point(0.5, 0.9)], from: 0.001, to: 1);
        var early = FrontierArea.Of([Point(0.001, 0.5), Point(0.01, 0.9)], from: 0.001, to: 1);
        late.ShouldBeGreaterThan(alone);
        early.ShouldBeGreaterThan(late);
    }

    [Fact]
    public void Better_is_what_is_better_on_every_part()
    {
        new HeldOut(0, [0.6, 0.7]).IsBetterThan(new HeldOut(1, [0.5, 0.6])).ShouldBeTrue();
        new HeldOut(1, [0.8, 0.5]).IsBetterThan(new HeldOut(0, [0.5, 0.6])).ShouldBeFalse();
        new HeldOut(0, [0.5, 0.6]).IsBetterThan(new HeldOut(0, [0.5, 0.6])).ShouldBeFalse();
    }

    private static List<SampledTrajectory> Point(double dollars, double score) => [new SampledTrajectory([], [], score, dollars, Reward: 0), new SampledTrajectory([], [], score, dollars, Reward: 0)];
}
