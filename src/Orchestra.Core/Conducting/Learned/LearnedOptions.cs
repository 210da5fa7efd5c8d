namespace Orchestra.Core.Conducting.Learned;

/// <summary>How a <see cref="LearnedConductor"/> decides.</summary>
public sealed record LearnedOptions
{
    private const double Most = 10;

    /// <summary>λ, the weight of efficiency against accuracy, for a tenant with the default preference. Default 0.1, from 0 (accuracy at any price) to 10.</summary>
    public double Lambda { get; init; } = 0.1;

    /// <summary>The share of decisions that are drawn by the policy's odds instead of taking its best move, so that what comes of them can be learned from. Default 0.02, from 0 to 1.</summary>
    public double Explore { get; init; } = 0.02;

    /// <summary>
    /// Outcomes after which an expert that the policy does not know is no longer tried for its own sake; until then it gets a half of the queries, where it is not dear. Default 10, from 0 (none is tried) to
    /// 1,000.
    /// </summary>
    public int Trials { get; init; } = 10;

    /// <summary>Time that must be left to ask another expert. Default 5 seconds.</summary>
    public TimeSpan LeastTime { get; init; } = TimeSpan.FromSeconds(5);

    private static double Ordinary => (Preference.Default.Cost + Preference.Default.Latency) / Preference.Default.Accuracy;

    /// <summary>λ for a preference.</summary>
    public double LambdaOf(Preference preference) =>
        preference.Accuracy <= 0 ? Most : Math.Clamp(Lambda * (preference.Cost + preference.Latency) / preference.Accuracy / Ordinary, 0, Most);

    /// <summary>A preference whose λ is this one where <see cref="Lambda"/> is 1.</summary>
    public static Preference PreferenceOf(double lambda) => new(1, lambda * Ordinary, 0);
}
