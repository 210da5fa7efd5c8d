using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>A mean over queries with its 95 % interval, from the normal distribution.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error; infinite for a single query.</param>
public readonly record struct MeanEstimate(double Value, double StandardError)
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>The interval.</summary>
    public Interval Interval => new(Value - (NormalQuantile * StandardError), Value + (NormalQuantile * StandardError));

    /// <summary>The mean in another unit.</summary>
    public MeanEstimate Times(double factor) => new(Value * factor, StandardError * Math.Abs(factor));
}
