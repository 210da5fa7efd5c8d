using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training.Trees;

/// <summary>A tree while it grows.</summary>
internal sealed class GrownTree
{
    /// <summary>The nodes, level by level.</summary>
    public Split[] Splits { get; } = new Split[BoostedTrees.NodesOfTree];

    /// <summary>What each leaf adds, in log-odds.</summary>
    public float[] Leaves { get; } = new float[BoostedTrees.LeavesOfTree];

    /// <summary>Sets a node; one without a gain sends everything to the left.</summary>
    public void Set(int node, Split split) => Splits[node] = split.Gain > 0 ? split : split with { Threshold = float.MaxValue };
}
