using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class GroupObjectiveTests
{
    private const int LinearEnd = MoveScorer.Knots * MoveNumbers.Count;

    private static readonly float[] Positions = [0, 1.5f, 2.25f, 4.7f, MoveScorer.Knots - 1];

    [Theory]
    [InlineData(1.2, false)]
    [InlineData(-0.7, false)]
    [InlineData(0, false)]
    [InlineData(1.2, true)]
    [InlineData(-0.7, true)]
    [InlineData(0, true)]
    public void The_gradient_is_that_of_the_value(double advantage, bool hasReference)
    {
        var random = new Random(11);
        var scorer = Scorer(random);
        var objective = new GroupObjective(Trajectories(random, scorer, advantage), hasReference ? Scorer(random) : null, divergence: 0.5f);

        objective.ShouldHaveRightGradient(scorer.Parameters, ..LinearEnd, step: 5e-5f);
        objective.ShouldHaveRightGradient(scorer.Parameters, LinearEnd..^MoveScorer.Hidden, step: 1e-3f);
        objective.ShouldHaveRightGradient(scorer.Parameters, ^MoveScorer.Hidden.., step: 1e-3f);
    }

    [Fact]
    public void A_decision_that_is_much_likelier_already_pulls_no_further()
    {
        var random = new Random(11);
        var scorer = Scorer(random);
        var steps = Trajectories(random, scorer, 1)[0].Steps.ConvertAll(step => step with { Probability = step.Probability - 3 });
        var gradient = new float[MoveScorer.Length];
        var withoutAdvantage = new float[MoveScorer.Length];
        new GroupObjective([Trajectory(steps, 1)], null, 0).Evaluate(scorer.Parameters, gradient);
        new GroupObjective([Trajectory(steps, 0)], null, 0).Evaluate(scorer.Parameters, withoutAdvantage);

        gradient.ShouldBe(withoutAdvantage);
    }

    [Fact]
    public void Advantages_compare_within_a_group_and_equal_rewards_teach_nothing()
    {
        var kept = GroupObjective.WithAdvantages([[Rewarded(0.2), Rewarded(0.8)], [Rewarded(1), Rewarded(1), Rewarded(1)], [Rewarded(5), Rewarded(5), Rewarded(8)]]);

        kept.Count.ShouldBe(5);
        kept.Select(trajectory => Math.Round(trajectory.Advantage, 4)).ShouldBe([-1, 1, -0.7071, -0.7071, 1.4142]);
    }

    /// <summary>Trajectories of decisions whose chosen moves are about half, just, and twice as likely as when they were drawn: on both sides of the clipping and between.</summary>
    private static List<SampledTrajectory> Trajectories(Random random, MoveScorer scorer, double advantage) =>
    [
        .. ((float[])[0.5f, 1, 2]).Select(ratio => Trajectory([.. Positions.Select((position, index) => Step(random, scorer, position, moves: 2 + (index % 3), ratio))], advantage)),
    ];

    private static SampledStep Step(Random random, MoveScorer scorer, float position, int moves, float ratio)
    {
        var numbers = new float[moves * MoveNumbers.Count];
        foreach (ref var number in numbers.AsSpan())
            number = (float)random.NextDouble();
        var probabilities = new float[moves];
        for (var move = 0; move < moves; move++)
            probabilities[move] = scorer.Score(numbers.AsSpan(move * MoveNumbers.Count, MoveNumbers.Count), position);
        MoveChoice.Probabilities(probabilities);
        var chosen = random.Next(moves);
        return new SampledStep(numbers, moves, chosen, MathF.Log(probabilities[chosen] / ratio), position);
    }

    /// <summary>A scorer that is sure of nothing, with every parameter in use.</summary>
    private static MoveScorer Scorer(Random random)
    {
        var parameters = MoveScorer.Initial(random).Parameters;
        foreach (ref var linear in parameters.AsSpan(0, LinearEnd))
            linear = (float)(random.NextDouble() - 0.5) * 0.02f;
        foreach (ref var output in parameters.AsSpan()[^MoveScorer.Hidden..])
            output = (float)(random.NextDouble() - 0.5) * 0.04f;
        return new MoveScorer(parameters);
    }

    private static SampledTrajectory Trajectory(List<SampledStep> steps, double advantage) => new(steps, [], Score: 0, Dollars: 0, Reward: 0) { Advantage = advantage };

    private static SampledTrajectory Rewarded(double reward) => new([], [], Score: 0, Dollars: 0, reward);
}
