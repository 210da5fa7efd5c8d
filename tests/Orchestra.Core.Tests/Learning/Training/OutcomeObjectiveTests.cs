using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class OutcomeObjectiveTests
{
    private const int Buckets = 6;
    private const int Numbers = 4;
    private const int NumbersAt = Buckets * OutcomeWeights.Width;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.3, 0.02)]
    public void The_gradient_is_that_of_the_value(float termPenalty, float numberPenalty)
    {
        var random = new Random(3);
        var objective = new OutcomeObjective(Groups(random), Buckets, Numbers, termPenalty, numberPenalty);
        var point = Uniform(random, objective.Length);

        objective.ShouldHaveRightGradient(point, ..NumbersAt, step: 1e-3f);
        objective.ShouldHaveRightGradient(point, NumbersAt.., step: 1e-3f);
    }

    [Fact]
    public void Without_knowledge_an_outcome_costs_one_bit()
    {
        var objective = new OutcomeObjective(Groups(new Random(3)), Buckets, Numbers, termPenalty: 1, numberPenalty: 1);
        objective.Evaluate(new float[objective.Length], new float[objective.Length]).ShouldBe(Math.Log(2), 1e-6);
    }

    /// <summary>Groups whose number is odd, so that the parts into which they are divided are not alike.</summary>
    private static List<CaseGroup> Groups(Random random) =>
    [
        .. ((int[][])[[0, 3, 4], [1], [], [2, 3], [0, 1, 2, 4]]).Select(terms => new CaseGroup(
            terms, terms.Length == 0 ? 0 : 1 / MathF.Sqrt(terms.Length),
            [.. ((float[])[0, 1, 0.4f]).Select(score => new OutcomeCase(Uniform(random, OutcomeWeights.Width), Uniform(random, Numbers), score, Weight: 0.5f + score))])),
    ];

    private static float[] Uniform(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (float)((2 * random.NextDouble()) - 1))];
}
