using Orchestra.Core.Experts;

namespace Orchestra.Core.Learning.Policies;

/// <summary>The reward that conductors are trained for: accuracy + λ · efficiency, and nothing where the answer is wrong (docs/decisions/0015).</summary>
internal static class Efficiency
{
    private const double Least = 1e-7;

    /// <summary>The dollars at which efficiency is 0: the geometric mean of what the catalogue charges for a call of ordinary length.</summary>
    public static double ScaleOf(IEnumerable<ExpertDescriptor> experts)
    {
        var costs = experts.Select(expert => Math.Log(Math.Max(Least, ExpertCoordinates.TypicalCost(expert)))).ToList();
        return costs.Count == 0 ? 1 : Math.Exp(costs.Average());
    }

    /// <summary>The reward.</summary>
    /// <param name="score">How right the answer is, 0 to 1.</param>
    /// <param name="dollars">What all calls cost.</param>
    /// <param name="scale">From <see cref="ScaleOf"/>.</param>
    /// <param name="lambda">The weight of efficiency.</param>
    public static double Reward(double score, double dollars, double scale, double lambda) => score * Math.Max(0, 1 + (lambda * (1 - (dollars / scale))));
}
