namespace Orchestra.Core.Learning.Training;

/// <summary>How good a policy is on rows held out.</summary>
/// <param name="Reward">The mean reward over λ.</param>
/// <param name="Areas">The <see cref="FrontierArea"/> on each part of the rows.</param>
internal sealed record HeldOut(double Reward, IReadOnlyList<double> Areas)
{
    /// <summary>Whether its frontier is better on every part.</summary>
    public bool IsBetterThan(HeldOut other) => Areas.Zip(other.Areas).All(pair => pair.First > pair.Second);
}
