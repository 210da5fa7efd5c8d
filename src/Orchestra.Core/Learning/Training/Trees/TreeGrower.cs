using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training.Trees;

/// <summary>Grows one tree, level by level: every node takes the split that most lowers the loss to second order. Sums are taken number by number, so threads change no bit.</summary>
/// <param name="numbers">The cases' numbers.</param>
internal sealed class TreeGrower(BinnedNumbers numbers)
{
    private const double Penalty = 5;
    private const double LeastCurvature = 4;

    private readonly byte[] _nodes = new byte[numbers.Count];

    /// <summary>Grows a tree.</summary>
    /// <param name="cases">The indices of the cases that it may look at.</param>
    /// <param name="offered">The numbers that it may look at.</param>
    /// <param name="slopes">The loss's first derivative by case.</param>
    /// <param name="curvatures">The loss's second derivative by case.</param>
    /// <param name="rate">The share of the best step that a leaf goes.</param>
    /// <param name="tree">Takes the nodes and the leaves.</param>
    public void Grow(ReadOnlyMemory<int> cases, int[] offered, double[] slopes, double[] curvatures, double rate, GrownTree tree)
    {
        foreach (var one in cases.Span)
            _nodes[one] = 0;
        for (var level = 0; level < BoostedTrees.Depth; level++)
        {
            var width = 1 << level;
            var found = new Split[offered.Length * width];
            TrainingCores.For(offered.Length, i => FindSplits(cases.Span, offered[i], slopes, curvatures, found.AsSpan(i * width, width)), CancellationToken.None);
            for (var node = 0; node < width; node++)
            {
                var best = default(Split);
                for (var i = 0; i < offered.Length; i++)
                {
                    var split = found[(i * width) + node];
                    if (split.Gain > best.Gain)
                        best = split;
                }

                tree.Set(width - 1 + node, best);
            }

            Descend(cases.Span, tree, width);
        }

        SetLeaves(cases.Span, slopes, curvatures, rate, tree);
    }

    private void FindSplits(ReadOnlySpan<int> cases, int number, double[] slopes, double[] curvatures, Span<Split> found)
    {
        var width = found.Length;
        Span<double> slope = stackalloc double[width * BinnedNumbers.Bins];
        Span<double> curvature = stackalloc double[width * BinnedNumbers.Bins];
        slope.Clear();
        curvature.Clear();
        var bins = numbers.BinsOf(number);
        foreach (var one in cases)
        {
            var at = (_nodes[one] * BinnedNumbers.Bins) + bins[one];
            slope[at] += slopes[one];
            curvature[at] += curvatures[one];
        }

        for (var node = 0; node < width; node++)
        {
            var start = node * BinnedNumbers.Bins;
            found[node] = BestOf(number, slope.Slice(start, BinnedNumbers.Bins), curvature.Slice(start, BinnedNumbers.Bins));
        }
    }

    private Split BestOf(int number, ReadOnlySpan<double> slopes, ReadOnlySpan<double> curvatures)
    {
        double slope = 0, curvature = 0, left = 0, leftCurvature = 0;
        for (var bin = 0; bin < slopes.Length; bin++)
        {
            slope += slopes[bin];
            curvature += curvatures[bin];
        }

        var best = default(Split);
        var whole = Worth(slope, curvature);
        for (var bin = 0; bin < numbers.ThresholdsOf(number); bin++)
        {
            left += slopes[bin];
            leftCurvature += curvatures[bin];
            if (leftCurvature < LeastCurvature || curvature - leftCurvature < LeastCurvature)
                continue;
            var gain = Worth(left, leftCurvature) + Worth(slope - left, curvature - leftCurvature) - whole;
            if (gain > best.Gain)
                best = new Split(gain, (short)number, bin, numbers.ThresholdOf(number, bin));
        }

        return best;
    }

    private void Descend(ReadOnlySpan<int> cases, GrownTree tree, int width)
    {
        foreach (var one in cases)
        {
            var node = _nodes[one];
            var split = tree.Splits[width - 1 + node];
            // A node without a split sends all to the left, where its threshold is infinite.
            var isRight = split.Gain > 0 && numbers.BinsOf(split.Number)[one] > split.Bin;
            _nodes[one] = (byte)((2 * node) + (isRight ? 1 : 0));
        }
    }

    private void SetLeaves(ReadOnlySpan<int> cases, double[] slopes, double[] curvatures, double rate, GrownTree tree)
    {
        Span<double> slope = stackalloc double[BoostedTrees.LeavesOfTree];
        Span<double> curvature = stackalloc double[BoostedTrees.LeavesOfTree];
        slope.Clear();
        curvature.Clear();
        foreach (var one in cases)
        {
            slope[_nodes[one]] += slopes[one];
            curvature[_nodes[one]] += curvatures[one];
        }

        for (var leaf = 0; leaf < BoostedTrees.LeavesOfTree; leaf++)
            tree.Leaves[leaf] = (float)(-rate * slope[leaf] / (curvature[leaf] + Penalty));
    }

    private static double Worth(double slope, double curvature) => slope * slope / (curvature + Penalty);
}
