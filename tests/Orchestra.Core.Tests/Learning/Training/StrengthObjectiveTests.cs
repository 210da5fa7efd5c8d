using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class StrengthObjectiveTests
{
    private const int Buckets = 6;
    private const int Numbers = 4;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0.3f, 2, 0.1f)]
    public void The_gradient_is_that_of_the_value(float termPenalty, float numberPenalty, float constantPenalty)
    {
        var random = new Random(4);
        var objective = new StrengthObjective(Cases(random), Buckets, Numbers, termPenalty, numberPenalty, constantPenalty);
        var point = Uniform(random, objective.Length);

        objective.ShouldHaveRightGradient(point, ..Buckets, step: 1e-3f);
        objective.ShouldHaveRightGradient(point, Buckets..^1, step: 1e-3f);
        objective.ShouldHaveRightGradient(point, ^1.., step: 1e-3f);
    }

    [Fact]
    public void Minimised_it_explains_what_the_offset_does_not()
    {
        // Bucket 2 is right and bucket 3 wrong, against what is predicted of all experts alike.
        List<StrengthCase> cases = [.. Enumerable.Range(0, 40).Select(i => new StrengthCase([i % 2 == 0 ? 2 : 3], 1, new float[Numbers], i % 2 == 0 ? -1 : 1, i % 2 == 0 ? 1 : 0))];
        var objective = new StrengthObjective(cases, Buckets, Numbers, 0.1f, 1, 1);
        var point = new float[objective.Length];

        QuasiNewton.Minimise(objective, point, 100, 1e-7, CancellationToken.None);

        point[2].ShouldBeGreaterThan(2);
        point[3].ShouldBeLessThan(-2);
        point[0].ShouldBe(0);
        Math.Abs(point[^1]).ShouldBeLessThan(0.1f);
    }

    private static List<StrengthCase> Cases(Random random) =>
        [.. ((int[][])[[0, 3, 4], [1], [], [2, 3], [0, 1, 2, 4]]).Select((terms, i) => new StrengthCase(terms, terms.Length == 0 ? 0 : 1 / MathF.Sqrt(terms.Length), Uniform(random, Numbers), (i - 2) / 2f, i / 4f))];

    private static float[] Uniform(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (float)((2 * random.NextDouble()) - 1))];
}
