namespace Orchestra.Core.Learning.Rollout;

/// <summary>Confidence bounds that hold at all sample sizes at once, so that whoever looks after every query is not misled more often than stated.</summary>
internal static class TimeUniformBounds
{
    private const int TightestAt = 1_000;
    private const int Halvings = 60;

    /// <summary>
    /// Bounds on the mean of values without a known limit: the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform
    /// central limit theory and asymptotic confidence sequences" (Annals of Statistics 52, 2024), theorem 2.2. It needs a first sample of some size.
    /// </summary>
    /// <param name="count">How many values, 1 or more.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="variance">Their variance.</param>
    /// <param name="alpha">The chance that the bounds ever miss the mean.</param>
    public static (double Lower, double Upper) OfMean(long count, double mean, double variance, double alpha)
    {
        var log = -2 * Math.Log(alpha);
        var rho2 = (log + Math.Log(log + 1)) / TightestAt;
        var scaled = (count * rho2) + 1;
        var width = Math.Sqrt(2 * scaled / ((double)count * count * rho2) * Math.Log(Math.Sqrt(scaled) / alpha) * variance);
        return (mean - width, mean + width);
    }

    /// <summary>
    /// Bounds on a share: those shares that a beta-binomial mixture martingale has not refuted, by Ville's inequality (Robbins, "Statistical methods related
    /// to the law of the iterated logarithm", 1970; Howard, Ramdas, McAuliffe and Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence
    /// sequences", Annals of Statistics 49, 2021). They hold for every sample size from none on.
    /// </summary>
    /// <param name="count">How many were looked at.</param>
    /// <param name="hits">How many of them have the property.</param>
    /// <param name="alpha">The chance that the bounds ever miss the share.</param>
    public static (double Lower, double Upper) OfShare(long count, long hits, double alpha)
    {
        if (count == 0)
            return (0, 1);
        var mixture = LogGamma(hits + 1) + LogGamma(count - hits + 1) - LogGamma(count + 2);
        var share = (double)hits / count;
        return (Edge(share, 0), Edge(share, 1));

        double Edge(double inside, double outside)
        {
            if (!IsRefuted(outside))
                return outside;
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (inside + outside) / 2;
                (inside, outside) = IsRefuted(middle) ? (inside, middle) : (middle, outside);
            }

            return outside;
        }

        bool IsRefuted(double p) => mixture - Times(hits, Math.Log(p)) - Times(count - hits, Math.Log(1 - p)) >= -Math.Log(alpha);
    }

    /// <summary>Nothing times an impossible event is nothing.</summary>
    private static double Times(long times, double log) => times == 0 ? 0 : times * log;

    /// <summary>Stirling's series; arguments below 8 are moved up, so that the error stays under 10⁻¹⁰.</summary>
    private static double LogGamma(double x)
    {
        var moved = 0.0;
        for (; x < 8; x++)
            moved -= Math.Log(x);
        var square = 1 / (x * x);
        var series = (1.0 / 12 - (square * (1.0 / 360 - (square * (1.0 / 1260 - (square / 1680)))))) / x;
        return moved + ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series;
    }
}
