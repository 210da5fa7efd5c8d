using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class OutcomeObjectiveTests
{
    private const int Numbers = 4;

    [Theory]
    [InlineData(0)]
    [InlineData(0.02)]
    public void The_gradient_is_that_of_the_value(float penalty)
    {
        var random = new Random(3);
        var objective = new OutcomeObjective(Groups(random), Numbers, penalty);

        objective.ShouldHaveRightGradient(Uniform(random, objective.Length), .., step: 1e-3f);
    }

    [Fact]
    public void Without_knowledge_an_outcome_costs_one_bit()
    {
        var objective = new OutcomeObjective(Groups(new Random(3)), Numbers, penalty: 1);
        objective.Evaluate(new float[objective.Length], new float[objective.Length]).ShouldBe(Math.Log(2), 1e-6);
    }

    /// <summary>Groups whose number is odd, so that the parts into which they are divided are not alike.</summary>
    private static List<CaseGroup> Groups(Random random) =>
        [.. Enumerable.Range(0, 5).Select(_ => new CaseGroup([.. ((float[])[0, 1, 0.4f]).Select(score => new OutcomeCase(Uniform(random, Numbers), score, Weight: 0.5f + score))]))];

    private static float[] Uniform(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (float)((2 * random.NextDouble()) - 1))];
}
