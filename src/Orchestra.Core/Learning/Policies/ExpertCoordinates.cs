using Orchestra.Core.Experts;

namespace Orchestra.Core.Learning.Policies;

/// <summary>An expert as a policy sees it: its price, latency, skills, context window, and what is known of its outcomes. Never its name.</summary>
internal static class ExpertCoordinates
{
    /// <summary>Outcomes that the common mean counts for, beside an expert's own.</summary>
    private const double Doubt = 10;

    /// <summary>How much the dearest expert of a catalogue is taken to suffer from difficulty while its outcomes are unknown; one a hundred times cheaper suffers in full.</summary>
    private const float LeastSlope = 0.25f;

    private const int TypicalInput = 500;
    private const int TypicalOutput = 300;

    /// <summary>Dollars of a call of ordinary length.</summary>
    public static double TypicalCost(ExpertDescriptor expert) => expert.Price.CostOf(TypicalInput, TypicalOutput).Nanos / 1e9;

    /// <summary>Writes an expert's <see cref="OutcomeWeights.Width"/> coordinates.</summary>
    /// <param name="expert">The expert.</param>
    /// <param name="dearest">Dollars of the catalogue's dearest call of ordinary length.</param>
    /// <param name="ability">From <see cref="Ability"/>; 0 where nothing is known.</param>
    /// <param name="destination">Takes the coordinates.</param>
    public static void Write(ExpertDescriptor expert, double dearest, double ability, Span<float> destination)
    {
        var cost = Math.Max(1e-7, TypicalCost(expert));
        destination.Clear();
        destination[0] = 1;
        destination[1] = (float)Math.Clamp(Math.Log10(cost) + 4, -3, 3);
        destination[2] = (float)Math.Clamp(ability, -3, 3);
        destination[3] = (float)Math.Clamp(Math.Log10(cost / Math.Max(1e-7, dearest)) / 2, -3, 0);
        destination[4] = expert.Skills.Contains("math") ? 1 : 0;
        destination[5] = expert.Skills.Contains("code") ? 1 : 0;
        destination[6] = expert.Skills.Contains("reasoning") ? 1 : 0;
        destination[7] = expert.ContextWindow <= 0 ? 0 : (float)Math.Clamp((Math.Log2(expert.ContextWindow) - 15) / 4, -2, 2);
    }

    /// <summary>How much better than all together an expert did so far, as a difference of log-odds that is drawn towards 0 where outcomes are few.</summary>
    /// <param name="score">The sum of its scores.</param>
    /// <param name="count">Its outcomes.</param>
    /// <param name="mean">The mean score of all experts' outcomes.</param>
    public static double Ability(double score, double count, double mean)
    {
        mean = Math.Clamp(mean, 0.02, 0.98);
        return Odds((score + (Doubt * mean)) / (count + Doubt)) - Odds(mean);
    }

    /// <summary>
    /// How much an expert suffers from a query's difficulty, 0 to 1. Of an expert without outcomes the price tells roughly how good it is, so that it is not known which queries are beyond it: the
    /// dearer it is in its catalogue, the more alike they are taken to be for it.
    /// </summary>
    /// <param name="coordinates">The expert's coordinates.</param>
    /// <param name="count">Its outcomes.</param>
    public static float Slope(ReadOnlySpan<float> coordinates, double count)
    {
        var known = (float)(count / (count + Doubt));
        var unknown = Math.Clamp(LeastSlope - ((1 - LeastSlope) * coordinates[3]), LeastSlope, 1);
        return known + ((1 - known) * unknown);
    }

    private static double Odds(double share) => Math.Log(Math.Clamp(share, 0.01, 0.99) / (1 - Math.Clamp(share, 0.01, 0.99)));
}
