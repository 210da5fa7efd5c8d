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
    private const double Penalty = 20;

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
            scorer = Improve(rows, scorer, seed + iteration, ct);
        }

        return scorer;
    }

    private MoveScorer Improve(IReadOnlyList<int> rows, MoveScorer scorer, long seed, CancellationToken ct)
    {
        var sums = plays.Select(_ => new KnotSums(MoveNumbers.AskStart, MoveNumbers.AskEnd, Penalty)).ToArray();
        var visits = Math.Clamp(MostPlays / Math.Max(1, rows.Count), 1, Visits * MoveScorer.Knots);
        TrainingCores.For(plays.Length, part =>
        {
            var numbers = new float[MoveNumbers.Count];
            for (var i = part; i < rows.Count; i += plays.Length)
            {
                var random = RowRandom.Of(seed, rows[i]);
                var play = plays[part][data.Fold[rows[i]]];
                for (var visit = 0; visit < visits; visit++)
                {
                    var knot = (i + visit) % MoveScorer.Knots;
                    play.Begin(rows[i], MoveScorer.LambdaAt(knot));
                    if (random.Next(2) == 0)
                        Follow(play, scorer, random);
                    else
                        Wander(play, random);
                    Ask(play, scorer, knot, random, numbers, sums[part]);
                }
            }
        }, ct);
        foreach (var other in sums.AsSpan(1))
            sums[0].Add(other);
        var weights = Enumerable.Range(0, MoveScorer.Knots).Select(knot => scorer.WeightsAt(knot).ToArray()).ToList();
        sums[0].Solve(weights);
        return scorer.With(weights);
    }

    /// <summary>Goes some way as the policy goes, up to where it would end.</summary>
    private static void Follow(RowPlay play, MoveScorer scorer, Random random)
    {
        play.Look();
        for (var before = random.Next(MostBefore + 1); before > 0; before--)
        {
            var move = play.Moves[MoveChoice.Best(play.ScoresBy(scorer))];
            if (move.Kind == ReplayMoveKind.Finish)
                return;
            play.Make(move);
            play.Look();
        }
    }

    /// <summary>Asks some experts by chance.</summary>
    private static void Wander(RowPlay play, Random random)
    {
        play.Look();
        for (var before = random.Next(MostBefore + 1); before > 0 && DrawAsking(play, random) is { } move; before--)
        {
            play.Make(move);
            play.Look();
        }
    }

    /// <summary>Asks an expert and plays on.</summary>
    private static void Ask(RowPlay play, MoveScorer scorer, int knot, Random random, float[] numbers, KnotSums sums)
    {
        if (DrawAsking(play, random) is not { } asked)
            return;
        var surprise = play.Surprise();
        play.Write(play.Moves.IndexOf(asked), numbers);
        play.Make(asked);
        play.Finish(scorer);
        // Whether the query is one on which the predictions are wrong anyway would hide what asking does.
        sums.Add(knot, numbers, play.Reward - surprise);
    }

    private static ReplayMove? DrawAsking(RowPlay play, Random random)
    {
        var asking = 0;
        foreach (var move in play.Moves)
            asking += IsOpen(play, move) ? 1 : 0;
        if (asking == 0)
            return null;
        var chosen = random.Next(asking);
        foreach (var move in play.Moves)
        {
            if (IsOpen(play, move) && chosen-- == 0)
                return move;
        }

        return null;
    }

    private static bool IsOpen(RowPlay play, ReplayMove move) => move.Kind == ReplayMoveKind.Delegate && play.IsReadable(move.Expert);
}
