using Orchestra.Core.Learning.Evaluation.Reports;

namespace Orchestra.Cli.Eval.Plots;

/// <summary>Draws accuracy against cost as an SVG.</summary>
internal static class FrontierPlot
{
    /// <summary>The SVG document.</summary>
    public static string Draw(EvaluationReport report, ProtocolLabel label) => throw new NotSupportedException($"{report.Best.Name} {label}");
}
