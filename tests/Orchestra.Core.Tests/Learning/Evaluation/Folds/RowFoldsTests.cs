using FsCheck.Xunit;
using Orchestra.Core.Learning.Evaluation.Folds;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Tests.Learning.Evaluation.Folds;

public sealed class RowFoldsTests
{
    [Property(MaxTest = 50)]
    public void Rows_of_the_same_prompt_share_a_fold_and_folds_are_of_equal_size(int seed)
    {
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 101).Select(_ => new ReplayRow("id", "t", $"p{random.Next(60)}", [])).ToList();
        var folds = RowFolds.Assign(rows, 5, seed);
        rows.Select((row, i) => (row.Prompt, Fold: folds[i])).GroupBy(each => each.Prompt).ShouldAllBe(group => group.Select(each => each.Fold).Distinct().Count() == 1);
        var largest = rows.GroupBy(row => row.Prompt).Max(group => group.Count());
        var sizes = folds.GroupBy(fold => fold).Select(group => group.Count()).ToList();
        sizes.Count.ShouldBe(5);
        (sizes.Max() - sizes.Min()).ShouldBeLessThanOrEqualTo(largest);
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        var rows = Enumerable.Range(0, 50).Select(i => new ReplayRow("id", "t", $"p{i}", [])).ToList();
        RowFolds.Assign(rows, 5, 1).ShouldBe(RowFolds.Assign(rows, 5, 1));
        RowFolds.Assign(rows, 5, 1).ShouldNotBe(RowFolds.Assign(rows, 5, 2));
    }

    [Fact]
    public void Ranks_make_folds_comparable_and_equals_share_theirs() =>
        RowFolds.RankWithin([0, 0, 0, 0, 1, 1], [10, 30, 20, 20, -1, -2]).ShouldBe([0.125, 0.875, 0.5, 0.5, 0.75, 0.25]);
}
