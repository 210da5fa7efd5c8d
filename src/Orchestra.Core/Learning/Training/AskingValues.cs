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
    private const double AskPenalty = 20;
    private const double BuyPenalty = 20;

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
        var parts = plays.Select(_ => (Asking: Asking(), Buying: Buying())).ToArray();
        var visits = Math.Clamp(MostPlays / Math.Max(1, rows.Count), 1, Visits * MoveScorer.Knots);
        TrainingCores.For(plays.Length, part =>
        {
            var numbers = new float[MoveNumbers.Count];
            for (var i = part; i < rows.Count; i += plays.Length)
            {
                var random = RowRandom.Of(seed, rows[i]);
                for (var visit = 0; visit < visits; visit++)
                {
                    var play = plays[part][data.Fold[rows[i]]];
                    var knot = (i + visit) % MoveScorer.Knots;
                    play.Begin(rows[i], MoveScorer.LambdaAt(knot));
                    if (random.Next(2) == 0 ? Follow(play, scorer, knot, random, numbers, parts[part].Buying) : Wander(play, random))
                        Ask(play, scorer, knot, random, numbers, parts[part].Asking);
                }
            }
        }, CancellationToken.None);
        return scorer.With(Solve(scorer, parts));
    }

    /// <summary>Goes some way as the policy goes. Where it buys an answer that cannot be looked at, what that brings is learned, and the way ends; otherwise true.</summary>
    private static bool Follow(RowPlay play, MoveScorer scorer, int knot, Random random, float[] numbers, KnotSums buying)
    {
        for (var before = random.Next(MostBefore + 1); ; before--)
        {
            play.Look();
            var move = play.Moves[MoveChoice.Best(play.ScoresBy(scorer))];
            if (move.Kind == ReplayMoveKind.Delegate && !play.IsReadable(move.Expert))
            {
                // What is chosen for its promise promises too much: of several estimates the greatest tends to be one that errs upwards.
                var surprise = play.Surprise();
                play.Write(play.Moves.IndexOf(move), numbers);
                play.Make(move);
                play.Finish(scorer);
                buying.Add(knot, numbers, play.Reward - surprise - numbers[MoveNumbers.KnownAt]);
                return false;
            }

            if (before <= 0 || move.Kind == ReplayMoveKind.Finish)
                return true;
            play.Make(move);
        }
    }

    /// <summary>Asks some experts by chance.</summary>
    private static bool Wander(RowPlay play, Random random)
    {
        for (var before = random.Next(MostBefore + 1); before > 0; before--)
        {
            play.Look();
            if (DrawAsking(play, random) is not { } move)
                break;
            play.Make(move);
        }

        play.Look();
        return true;
    }

    /// <summary>Asks an expert and plays on.</summary>
    private static void Ask(RowPlay play, MoveScorer scorer, int knot, Random random, float[] numbers, KnotSums asking)
    {
        if (DrawAsking(play, random) is not { } asked)
            return;
        var surprise = play.Surprise();
        play.Write(play.Moves.IndexOf(asked), numbers);
        play.Make(asked);
        play.Finish(scorer);
        // Whether the query is one on which the predictions are wrong anyway would hide what asking does.
        asking.Add(knot, numbers, play.Reward - surprise);
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

    private static KnotSums Asking() => new(MoveNumbers.AskStart, MoveNumbers.AskEnd, AskPenalty);

    private static KnotSums Buying() => new(MoveNumbers.BuyStart, MoveNumbers.Count, BuyPenalty);

    private static List<float[]> Solve(MoveScorer scorer, (KnotSums Asking, KnotSums Buying)[] parts)
    {
        var (asking, buying) = (Asking(), Buying());
        foreach (var part in parts)
        {
            asking.Add(part.Asking);
            buying.Add(part.Buying);
        }

        var weights = Enumerable.Range(0, MoveScorer.Knots).Select(knot => scorer.WeightsAt(knot).ToArray()).ToList();
        asking.Solve(weights);
        buying.Solve(weights);
        return weights;
    }
}
