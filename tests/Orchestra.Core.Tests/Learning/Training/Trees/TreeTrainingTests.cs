using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Training;
using Orchestra.Core.Learning.Training.Trees;

namespace Orchestra.Core.Tests.Learning.Training.Trees;

public sealed class TreeTrainingTests
{
    private const int Queries = 1_500;
    private const int Numbers = 6;

    [Fact]
    public void Trees_learn_what_no_weighted_sum_can_say()
    {
        var groups = Groups(seed: 1, IsOneOfTwo);

        var trees = TreeTraining.Fit(groups, trees: 60, rate: 0.2, seed: 1, CancellationToken.None);

        var fresh = Groups(seed: 2, IsOneOfTwo).SelectMany(group => group.Cases).ToList();
        fresh.Average(one => trees.Sum(one.Numbers) > 0 == one.Score > 0.5 ? 1 : 0).ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void What_the_offset_says_already_is_not_learned_again()
    {
        var groups = Groups(seed: 1, numbers => numbers[0] > 0, offset: numbers => numbers[0] > 0 ? 12 : -12);

        var trees = TreeTraining.Fit(groups, trees: 20, rate: 0.2, seed: 1, CancellationToken.None);

        groups.SelectMany(group => group.Cases).ShouldAllBe(one => Math.Abs(trees.Sum(one.Numbers)) < 0.05f);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        var groups = Groups(seed: 1, IsOneOfTwo);
        BoostedTrees Fit(long seed) => TreeTraining.Fit(groups, trees: 5, rate: 0.2, seed, CancellationToken.None);

        Fit(3).Leaves.ShouldBe(Fit(3).Leaves);
        Fit(4).Leaves.ShouldNotBe(Fit(3).Leaves);
    }

    [Fact]
    public void Numbers_that_never_change_and_no_cases_give_no_trees_or_harmless_ones()
    {
        TreeTraining.Fit([], trees: 3, rate: 0.2, seed: 1, CancellationToken.None).Count.ShouldBe(0);
        TreeTraining.Fit([new CaseGroup([new OutcomeCase(new float[Numbers], 1, 1)])], trees: 3, rate: 0.2, seed: 1, CancellationToken.None).Count.ShouldBe(0);
    }

    private static bool IsOneOfTwo(float[] numbers) => numbers[1] > 0.2f != numbers[4] > -0.1f;

    private static List<CaseGroup> Groups(int seed, Func<float[], bool> isRight, Func<float[], float>? offset = null)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Queries).Select(_ => new CaseGroup([.. Enumerable.Range(0, 2).Select(_ =>
        {
            var numbers = new float[Numbers];
            foreach (ref var number in numbers.AsSpan())
                number = (float)((2 * random.NextDouble()) - 1);
            return new OutcomeCase(numbers, isRight(numbers) ? 1 : 0, 1, offset?.Invoke(numbers) ?? 0);
        })]))];
    }
}
