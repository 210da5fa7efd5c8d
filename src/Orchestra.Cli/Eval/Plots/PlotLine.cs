using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Reports;

namespace Orchestra.Cli.Eval.Plots;

/// <summary>A policy's line in the plot.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Style">The class of its line.</param>
internal sealed record PlotLine(PolicyFigures Policy, string Style)
{
    private const int Styles = 5;
    private const string RandomMix = "random mix";

    /// <summary>The lines of a report, baselines first: chance and the learned policy lie on top of them.</summary>
    public static IReadOnlyList<PlotLine> Of(EvaluationReport report)
    {
        var lines = new List<PlotLine>();
        var next = 0;
        foreach (var policy in report.Policies.Where(policy => policy.Band.Count > 1).OrderBy(policy => policy.Kind == PolicyKind.Learned ? 2 : policy.Name == RandomMix ? 1 : 0))
        {
            var style = policy switch
            {
                { Kind: PolicyKind.Learned } => "learned",
                { Kind: PolicyKind.Oracle } => "oracle",
                { Name: RandomMix } => "mix",
                _ => $"line{next++ % Styles}",
            };
            lines.Add(new PlotLine(policy, style));
        }

        return lines;
    }
}
