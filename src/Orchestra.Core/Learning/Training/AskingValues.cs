using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>
/// Learns what it is worth to ask an expert, by asking and playing on: policy iteration with a linear value. What giving an answer is worth needs no learning, since the predicted chance
/// says it.
/// </summary>
/// <param name="data">The rows.</param>
/// <param name="plays">For each thread, plays of the rows of each fold.</param>
internal sealed class AskingValues(TrainingData data, RowPlay[][] plays)
{
    private const int Iterations = 3;
    private const int Visits = 4;
    private const int MostPlays = 60_000;
    private const int MostBefore = 3;
    private const double SharePenalty = 0.01;
    private const double KnotPenalty = 0.03;
    private const int Asking = MoveNumbers.AskEnd - MoveNumbers.AskStart;

    /// <summary>Learns the values.</summary>
    /// <param name="rows">The rows to play.</param>
    /// <param name="scorer">The policy to begin with.</param>
    /// <param name="seed">The seed of what is asked.</param>
    /// <param name="ct">Stops it.</param>
    public MoveScorer Learn(IReadOnlyList<int> rows, MoveScorer scorer, long seed, CancellationToken ct)
    {
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            ct.ThrowIfCancellationRequested();
            scorer = Improve(rows, scorer, seed + iteration);
        }

        return scorer;
    }

    private MoveScorer Improve(IReadOnlyList<int> rows, MoveScorer scorer, long seed)
    {
        var sums = new LeastSquares[plays.Length][];
        var visits = Math.Clamp(MostPlays / Math.Max(1, rows.Count), 1, Visits * MoveScorer.Knots);
        TrainingCores.For(plays.Length, part =>
        {
            sums[part] = [.. Enumerable.Range(0, MoveScorer.Knots).Select(_ => new LeastSquares(Asking))];
            var numbers = new float[MoveNumbers.Count];
            for (var i = part; i < rows.Count; i += plays.Length)
            {
                var random = RowRandom.Of(seed, rows[i]);
                for (var visit = 0; visit < visits; visit++)
                    Visit(plays[part][data.Fold[rows[i]]], rows[i], (i + visit) % MoveScorer.Knots, scorer, random, numbers, sums[part]);
            }
        }, CancellationToken.None);
        return scorer.With(Solve(sums, scorer, rows.Count * visits));
    }

    /// <summary>Goes some way into a row, asks an expert there, and plays on.</summary>
    private static void Visit(RowPlay play, int row, int knot, MoveScorer scorer, Random random, float[] numbers, LeastSquares[] sums)
    {
        play.Begin(row, MoveScorer.LambdaAt(knot));
        var isPolicy = random.Next(2) == 0;
        for (var before = random.Next(MostBefore + 1); before > 0; before--)
        {
            play.Look();
            var move = isPolicy ? play.Moves[MoveChoice.Best(play.ScoresBy(scorer))] : DrawAsking(play, random);
            if (move is not { Kind: not ReplayMoveKind.Finish } next)
                break;
            play.Make(next);
        }

        play.Look();
        if (DrawAsking(play, random) is not { } asked)
            return;
        var surprise = play.Surprise();
        play.Write(play.Moves.IndexOf(asked), numbers);
        play.Make(asked);
        play.Finish(scorer);
        // Whether the query is one on which the predictions are wrong anyway would hide what asking does.
        sums[knot].Add(numbers.AsSpan(MoveNumbers.AskStart, Asking), play.Reward - surprise);
    }

    private static ReplayMove? DrawAsking(RowPlay play, Random random)
    {
        var asking = 0;
        foreach (var move in play.Moves)
            asking += move.Kind == ReplayMoveKind.Delegate ? 1 : 0;
        if (asking == 0)
            return null;
        var chosen = random.Next(asking);
        foreach (var move in play.Moves)
        {
            if (move.Kind == ReplayMoveKind.Delegate && chosen-- == 0)
                return move;
        }

        return null;
    }

    /// <summary>One set of weights for all λ first, since the numbers know λ already; then each knot's own, near those.</summary>
    private static List<float[]> Solve(LeastSquares[][] sums, MoveScorer scorer, int cases)
    {
        var all = new LeastSquares(Asking);
        var knots = new LeastSquares[MoveScorer.Knots];
        for (var knot = 0; knot < knots.Length; knot++)
        {
            knots[knot] = new LeastSquares(Asking);
            foreach (var part in sums)
                knots[knot].Add(part[knot]);
            all.Add(knots[knot]);
        }

        var initial = new float[MoveNumbers.Count];
        MoveNumbers.WriteInitialWeights(initial);
        var shared = all.Solve(initial.AsSpan(MoveNumbers.AskStart, Asking), SharePenalty * cases);
        return [.. knots.Select((knot, index) =>
        {
            var weights = scorer.WeightsAt(index).ToArray();
            knot.Solve(shared, KnotPenalty * cases).CopyTo(weights, MoveNumbers.AskStart);
            return weights;
        })];
    }
}
