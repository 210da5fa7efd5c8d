using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Learning.Live;

/// <summary>
/// The outcomes of one expert beside what was predicted of them. The belief is the most probable shift of the predictions, which begins at none, with the curvature there for its
/// doubt (Laplace's approximation). Recent outcomes alone move it, so that an expert that changes is noticed.
/// </summary>
/// <param name="trained">The expert's outcomes that the policy was trained on.</param>
internal sealed class ExpertEvidence(ExpertTotal trained)
{
    private const int Recent = 256;
    private const int Steps = 8;
    private const double MostShift = 4;
    private const double LeastInformation = 0.05;

    /// <summary>The standard deviation that is left to an expert however often it was seen: it may change.</summary>
    private const double Drift = 0.25;

    private readonly LinkedList<(string Trajectory, double LogOdds, double Score)> _recent = [];
    private double _before = (1 / (ExpertBelief.Unknown * ExpertBelief.Unknown)) + (trained.Count * Math.Max(LeastInformation, trained.Mean * (1 - trained.Mean)));
    private long _count;

    /// <summary>Takes an outcome in.</summary>
    /// <param name="trajectory">The trajectory that it is from.</param>
    /// <param name="logOdds">What was predicted before it was known.</param>
    /// <param name="score">How well the expert did.</param>
    public void Add(string trajectory, double logOdds, double score)
    {
        _count++;
        _recent.AddLast((trajectory, logOdds, score));
        if (_recent.Count <= Recent)
            return;
        _before += Information(_recent.First!.Value.LogOdds);
        _recent.RemoveFirst();
    }

    /// <summary>Takes back the outcome of a trajectory, such as one that is told anew; one that is long past stays.</summary>
    public void Remove(string trajectory)
    {
        for (var node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Trajectory != trajectory)
                continue;
            _recent.Remove(node);
            _count--;
            return;
        }
    }

    /// <summary>The belief as it stands.</summary>
    public ExpertBelief Belief()
    {
        var hold = Math.Min(_before, 1 / (Drift * Drift));
        double shift = 0, information = 0;
        for (var step = 0; step < Steps; step++)
        {
            var slope = -shift * hold;
            information = 0;
            foreach (var (_, logOdds, score) in _recent)
            {
                slope += score - Chance(logOdds + shift);
                information += Information(logOdds + shift);
            }

            shift = Math.Clamp(shift + (slope / (information + hold)), -MostShift, MostShift);
        }

        return new ExpertBelief(shift, 1 / Math.Sqrt(_before + information), _count, trained.Count);
    }

    private static double Chance(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static double Information(double logOdds) => Math.Max(LeastInformation, Chance(logOdds) * (1 - Chance(logOdds)));
}
