using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Learning.Training;

/// <summary>How good a policy is at every cost at once: the mean accuracy of its frontier over the logarithm of cost. Unlike a mean reward over λ, it counts what is reached and not with which λ.</summary>
internal static class FrontierArea
{
    private const int Steps = 24;
    private const double Least = 1e-9;

    /// <summary>The mean accuracy, 0 to 1; a cost below the frontier's cheapest point counts as 0.</summary>
    /// <param name="played">The trajectories at each λ.</param>
    /// <param name="from">The least cost that counts, dollars for a query.</param>
    /// <param name="to">The greatest cost that counts.</param>
    public static double Of(IReadOnlyList<IReadOnlyList<SampledTrajectory>> played, double from, double to)
    {
        var costs = played.Select(point => point.Average(trajectory => trajectory.Dollars)).ToArray();
        var accuracies = played.Select(point => point.Average(trajectory => trajectory.Score)).ToArray();
        var frontier = ConcaveFrontier.Of(costs, accuracies);
        (from, to) = (Math.Log(Math.Max(Least, from)), Math.Log(Math.Max(Least, to)));
        var sum = 0.0;
        for (var step = 1; step <= Steps; step++)
        {
            var accuracy = frontier.AccuracyAt(Math.Exp(from + ((to - from) * step / Steps)));
            sum += double.IsNaN(accuracy) ? 0 : accuracy;
        }

        return sum / Steps;
    }
}
