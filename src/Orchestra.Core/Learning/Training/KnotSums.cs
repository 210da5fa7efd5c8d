using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Regressions of the same numbers at every λ for which a policy has weights.</summary>
/// <param name="start">Where the numbers begin among <see cref="MoveNumbers"/>.</param>
/// <param name="end">Behind the numbers.</param>
/// <param name="penalty">The penalty on the distance of a knot's weights from those of all, and of those from the initial ones.</param>
internal sealed class KnotSums(int start, int end, double penalty)
{
    private const double Alone = 4;

    private readonly LeastSquares[] _knots = [.. Enumerable.Range(0, MoveScorer.Knots).Select(_ => new LeastSquares(end - start))];

    /// <summary>Adds a move that was made at a knot.</summary>
    /// <param name="knot">The knot.</param>
    /// <param name="move">The numbers of the move.</param>
    /// <param name="value">What it was worth.</param>
    public void Add(int knot, ReadOnlySpan<float> move, double value) => _knots[knot].Add(move[start..end], value);

    /// <summary>Adds what others have seen.</summary>
    public void Add(KnotSums other)
    {
        for (var knot = 0; knot < _knots.Length; knot++)
            _knots[knot].Add(other._knots[knot]);
    }

    /// <summary>Writes the weights of every knot: one set for all first, since the numbers know λ already; then each knot's own, near those.</summary>
    /// <param name="weights">The weights of all numbers, by knot.</param>
    public void Solve(IReadOnlyList<float[]> weights)
    {
        var all = new LeastSquares(end - start);
        foreach (var knot in _knots)
            all.Add(knot);
        var initial = new float[MoveNumbers.Count];
        MoveNumbers.WriteInitialWeights(initial);
        var shared = all.Solve(initial.AsSpan(start..end), penalty);
        for (var knot = 0; knot < _knots.Length; knot++)
            _knots[knot].Solve(shared, Alone * penalty / MoveScorer.Knots).CopyTo(weights[knot], start);
    }
}
