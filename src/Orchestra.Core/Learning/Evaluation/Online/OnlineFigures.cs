namespace Orchestra.Core.Learning.Evaluation.Online;

/// <summary>All that is said of a learner that learned as it went.</summary>
/// <param name="Windows">Its preferences before and after numbers of queries.</param>
/// <param name="Steps">What it reached after numbers of queries.</param>
public sealed record OnlineFigures(IReadOnlyList<OnlineWindow> Windows, IReadOnlyList<OnlineStep> Steps);
