namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>A mean and its spread, by Welford's update: a sum of squares would lose small variances of large values.</summary>
internal struct RunningMean
{
    private int _count;
    private double _mean;
    private double _deviations;

    /// <summary>The mean of what was added.</summary>
    public readonly MeanEstimate Estimate => new(_mean, _count > 1 ? Math.Sqrt(_deviations / (_count - 1) / _count) : double.PositiveInfinity);

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        var step = value - _mean;
        _mean += step / ++_count;
        _deviations += step * (value - _mean);
    }
}
