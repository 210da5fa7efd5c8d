namespace Orchestra.Core.Learning.Policies;

/// <summary>
/// A sum of small decision trees of one depth, each a complete binary tree: it goes right where a number is greater than the threshold, and every leaf adds log-odds. Nodes and leaves of a
/// tree stand level by level, tree after tree.
/// </summary>
/// <param name="Numbers">The index of the number that each node looks at.</param>
/// <param name="Thresholds">The threshold of each node.</param>
/// <param name="Leaves">What each leaf adds, in log-odds.</param>
internal sealed record BoostedTrees(short[] Numbers, float[] Thresholds, float[] Leaves)
{
    /// <summary>Decisions from the root to a leaf.</summary>
    public const int Depth = 3;

    /// <summary>Nodes of a tree.</summary>
    public const int NodesOfTree = LeavesOfTree - 1;

    /// <summary>Leaves of a tree.</summary>
    public const int LeavesOfTree = 1 << Depth;

    /// <summary>Trees at most.</summary>
    public const int MaxTrees = 1_000;

    /// <summary>No tree: the sum is always 0.</summary>
    public static BoostedTrees None { get; } = new([], [], []);

    /// <summary>How many trees there are.</summary>
    public int Count => Leaves.Length / LeavesOfTree;

    /// <summary>What the trees add for these numbers, in log-odds.</summary>
    public float Sum(ReadOnlySpan<float> numbers)
    {
        var sum = 0f;
        for (var tree = 0; tree < Count; tree++)
        {
            var nodes = tree * NodesOfTree;
            var node = 0;
            for (var level = 0; level < Depth; level++)
                node = (2 * node) + (numbers[Numbers[nodes + node]] > Thresholds[nodes + node] ? 2 : 1);
            sum += Leaves[(tree * LeavesOfTree) + node - NodesOfTree];
        }

        return sum;
    }
}
