namespace Orchestra.Core.Learning.Evaluation.Reports;

/// <summary>A comparison of policies on the same rows under the same protocol.</summary>
/// <param name="Setup">The rows, experts and protocol.</param>
/// <param name="Best">The best single expert, whose accuracy is to be matched; its figures are among the policies.</param>
/// <param name="Policies">The figures, in the order in which the runs were given.</param>
public sealed record EvaluationReport(EvaluationSetup Setup, PolicyFigures Best, IReadOnlyList<PolicyFigures> Policies);
