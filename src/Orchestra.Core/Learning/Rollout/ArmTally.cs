namespace Orchestra.Core.Learning.Rollout;

/// <summary>What the queries of one policy came to since a stage began; tallies of several hosts add up.</summary>
/// <param name="Queries">Queries that ended.</param>
/// <param name="Rejections">Those whose final answer was rejected, or that ended in an error.</param>
/// <param name="Dollars">The sum of their costs: for statistics alone, no money is computed with it.</param>
/// <param name="SquaredDollars">The sum of the squares of their costs.</param>
/// <param name="Seconds">The sum of their durations.</param>
public readonly record struct ArmTally(long Queries, long Rejections, double Dollars, double SquaredDollars, double Seconds)
{
    /// <summary>Those queries that clients have had their time to speak of, see <see cref="FeedbackWindow"/>; counted in a canary's stage alone.</summary>
    public long Heard { get; init; }

    /// <summary>Those of the heard whose answer was rejected, or that ended in an error, or of which clients said in time that they were bad.</summary>
    public long HeardRejections { get; init; }

    /// <summary>What one query cost on average, in dollars; 0 where there was none.</summary>
    public double MeanDollars => Queries == 0 ? 0 : Dollars / Queries;

    /// <summary>The share of rejected queries, 0 to 1; 0 where there was none.</summary>
    public double RejectionShare => Queries == 0 ? 0 : (double)Rejections / Queries;

    /// <summary>The share of rejected queries among the heard, 0 to 1; 0 where there was none.</summary>
    public double HeardRejectionShare => Heard == 0 ? 0 : (double)HeardRejections / Heard;

    /// <summary>The sample variance of the costs, in squared dollars; 0 where there are fewer than two.</summary>
    public double DollarVariance =>
        Queries < 2 ? 0 : Math.Max(0, (SquaredDollars - (Dollars * Dollars / Queries)) / (Queries - 1));

    /// <summary>The tally of both.</summary>
    public static ArmTally operator +(ArmTally a, ArmTally b) => new(
        a.Queries + b.Queries, a.Rejections + b.Rejections, a.Dollars + b.Dollars, a.SquaredDollars + b.SquaredDollars, a.Seconds + b.Seconds)
    {
        Heard = a.Heard + b.Heard,
        HeardRejections = a.HeardRejections + b.HeardRejections,
    };

    /// <summary>The tally with one more query.</summary>
    public ArmTally With(double dollars, bool rejected, TimeSpan duration) =>
        this + new ArmTally(1, rejected ? 1 : 0, dollars, dollars * dollars, duration.TotalSeconds);
}
