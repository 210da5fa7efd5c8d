namespace Orchestra.Core.Learning.Training;

/// <summary>One sampled way through a query.</summary>
/// <param name="Steps">The decisions.</param>
/// <param name="Calls">The experts that were asked.</param>
/// <param name="Score">The score of the answer that was given.</param>
/// <param name="Dollars">What all calls cost.</param>
/// <param name="Reward">Accuracy + λ · efficiency.</param>
internal sealed record SampledTrajectory(List<SampledStep> Steps, List<int> Calls, double Score, double Dollars, double Reward)
{
    /// <summary>The advantage over the group; 0 where the group's rewards do not differ.</summary>
    public double Advantage { get; set; }
}
