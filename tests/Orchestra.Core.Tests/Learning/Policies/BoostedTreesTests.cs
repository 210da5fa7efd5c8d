using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Tests.Learning.Policies;

public sealed class BoostedTreesTests
{
    [Theory]
    [InlineData(0, 0, 10)]
    [InlineData(1, 0, 20)]
    [InlineData(0, 1, 11)]
    [InlineData(1, 1, 21)]
    public void Every_tree_adds_the_leaf_to_which_the_numbers_lead(float first, float second, float sum)
    {
        // The first tree looks at the first number only, the second at the second only.
        var nodes = BoostedTrees.NodesOfTree;
        var trees = new BoostedTrees(
            [.. Enumerable.Repeat((short)0, nodes), .. Enumerable.Repeat((short)1, nodes)], [.. Enumerable.Repeat(0.5f, 2 * nodes)], [10, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 1]);

        trees.Sum([first, second]).ShouldBe(sum);
    }

    [Fact]
    public void Without_trees_nothing_is_added() => BoostedTrees.None.Sum([1, 2, 3]).ShouldBe(0);
}
