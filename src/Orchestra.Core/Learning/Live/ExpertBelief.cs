namespace Orchestra.Core.Learning.Live;

/// <summary>What a host believes of an expert beyond what its policy predicts, in log-odds of a right answer.</summary>
/// <param name="Shift">By how much the expert does better than predicted.</param>
/// <param name="Doubt">The standard deviation of that.</param>
/// <param name="Outcomes">Outcomes of the host's own traffic behind it.</param>
/// <param name="Trained">Outcomes that the policy was trained on.</param>
internal readonly record struct ExpertBelief(double Shift, double Doubt, long Outcomes, long Trained)
{
    /// <summary>Of an expert of which nothing is known but its descriptor.</summary>
    public const double Unknown = 1.5;
}
