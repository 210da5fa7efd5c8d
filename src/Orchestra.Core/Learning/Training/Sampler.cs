using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Plays queries of a table with a policy, in the environment that replays recorded outcomes. Not safe for several threads.</summary>
/// <param name="play">The rows.</param>
internal sealed class Sampler(RowPlay play)
{
    /// <summary>Plays a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="scorer">Scores moves.</param>
    /// <param name="lambda">The weight of efficiency.</param>
    /// <param name="random">Draws moves; null takes the best one.</param>
    public SampledTrajectory Play(int row, MoveScorer scorer, double lambda, Random? random)
    {
        play.Begin(row, lambda);
        var steps = new List<SampledStep>();
        if (random is null)
            play.Finish(scorer);
        else
            Draw(scorer, MoveScorer.PositionOf(lambda), random, steps);
        return new SampledTrajectory(steps, play.Calls, play.Score, play.Dollars, play.Reward);
    }

    private void Draw(MoveScorer scorer, float position, Random random, List<SampledStep> steps)
    {
        int chosen;
        do
        {
            play.Look();
            var numbers = new float[play.Count * MoveNumbers.Count];
            var scores = play.ScoresBy(scorer, numbers);
            chosen = MoveChoice.Draw(scores, random.NextDouble());
            steps.Add(new SampledStep(numbers, play.Count, chosen, MathF.Log(Math.Max(1e-12f, scores[chosen])), position));
        }
        while (play.Make(play.Moves[chosen]));
    }
}
