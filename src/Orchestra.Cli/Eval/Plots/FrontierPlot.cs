using System.Globalization;
using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Reports;
using static Orchestra.Cli.Eval.Plots.SvgDocument;

namespace Orchestra.Cli.Eval.Plots;

/// <summary>Draws accuracy against cost as an SVG: the policy's frontier with its band, the single experts as labelled dots, the baselines as lines.</summary>
internal static class FrontierPlot
{
    private const double Width = 980;
    private const double Height = 600;

    /// <summary>The SVG document.</summary>
    public static string Draw(Evaluation evaluation)
    {
        var (label, report) = (evaluation.Label, evaluation.Report);
        var lines = PlotLine.Of(report);
        var experts = report.Policies.Where(policy => policy.Kind == PolicyKind.OneExpert).ToList();
        var learned = report.Policies.Where(policy => policy.Kind == PolicyKind.Learned).ToList();
        var scale = new PlotScale(
            [.. lines.SelectMany(line => line.Policy.Band).Select(point => point.CostUsdPer1k), .. experts.Select(expert => expert.Shown.CostUsdPer1k)],
            [.. lines.SelectMany(line => line.Policy.Band).Select(point => point.Accuracy), .. experts.Select(expert => expert.Shown.Accuracy)]);
        var title = $"Accuracy against cost on {Tables(evaluation.Options.Files)}";
        using var svg = new SvgDocument(Width, Height, title, Describe(report, learned), PlotStyle.Sheet);
        svg.Element("rect", ("class", "ground"), ("width", Number(Width)), ("height", Number(Height)));
        svg.Text(title, PlotScale.Left, 34, "title");
        svg.Text(Capital(label.Training) + ".", PlotScale.Left, 54, "subtitle");
        svg.Text($"{Capital(label.Answers)}. {report.Setup.Table.Rows.Count.ToString("N0", CultureInfo.InvariantCulture)} queries.", PlotScale.Left, 71, "subtitle");
        Axes(svg, scale);
        foreach (var policy in learned.Where(policy => policy.Band.Count > 1))
            svg.Element("path", ("class", "band"), ("d", Path([.. policy.Band.Select(point => (scale.X(point.CostUsdPer1k), scale.Y(point.Interval.High))), .. policy.Band.Reverse().Select(point => (scale.X(point.CostUsdPer1k), scale.Y(point.Interval.Low)))]) + " Z"));
        foreach (var line in lines)
            svg.Element("path", ("class", $"line {line.Style}"), ("d", Path(PointsOf(line.Policy, scale))));
        foreach (var point in learned.SelectMany(policy => policy.Frontier))
            svg.Element("circle", ("class", "learned-dot"), ("cx", Number(scale.X(point.CostUsdPer1k))), ("cy", Number(scale.Y(point.Accuracy))), ("r", "3.2"));
        Experts(svg, scale, experts, lines);
        PlotLegend.Draw(svg, lines, learned.Count > 0);
        return svg.Finish();
    }

    private static void Axes(SvgDocument svg, PlotScale scale)
    {
        foreach (var (cost, text) in scale.CostTicks())
        {
            svg.Element("path", ("class", "grid"), ("d", Path([(scale.X(cost), PlotScale.Top), (scale.X(cost), PlotScale.Bottom)])));
            svg.Text(text, scale.X(cost), PlotScale.Bottom + 20, "tick", "middle");
        }

        foreach (var (accuracy, text) in scale.AccuracyTicks())
        {
            svg.Element("path", ("class", "grid"), ("d", Path([(PlotScale.Left, scale.Y(accuracy)), (PlotScale.Right, scale.Y(accuracy))])));
            svg.Text(text, PlotScale.Left - 9, scale.Y(accuracy) + 4, "tick", "end");
        }

        svg.Element("path", ("class", "axis"), ("fill", "none"), ("d", Path([(PlotScale.Left, PlotScale.Top), (PlotScale.Left, PlotScale.Bottom), (PlotScale.Right, PlotScale.Bottom)])));
        svg.Text("Cost in dollars per 1,000 queries, logarithmic", (PlotScale.Left + PlotScale.Right) / 2, PlotScale.Bottom + 48, "axis-title", "middle");
        var middle = (PlotScale.Top + PlotScale.Bottom) / 2;
        svg.Element("text", "Accuracy", ("x", "22"), ("y", Number(middle)), ("text-anchor", "middle"), ("transform", $"rotate(-90 22 {Number(middle)})"));
    }

    private static void Experts(SvgDocument svg, PlotScale scale, List<PolicyFigures> experts, IReadOnlyList<PlotLine> lines)
    {
        var dots = experts.Select(expert => (X: scale.X(expert.Shown.CostUsdPer1k), Y: scale.Y(expert.Shown.Accuracy))).ToList();
        var corners = lines.Where(line => line.Policy.Kind == PolicyKind.Learned).SelectMany(line => line.Policy.Frontier).Select(point => (scale.X(point.CostUsdPer1k), scale.Y(point.Accuracy)));
        var labels = new LabelPlacement(dots, [.. lines.SelectMany(line => PointsOf(line.Policy, scale)), .. corners]);
        foreach (var (x, y) in dots)
            svg.Element("circle", ("class", "expert"), ("cx", Number(x)), ("cy", Number(y)), ("r", "5"));
        for (var i = 0; i < experts.Count; i++)
        {
            var (x, y) = labels.Place(experts[i].Name, dots[i].X, dots[i].Y);
            svg.Text(experts[i].Name, x, y, "label");
        }
    }

    private static IEnumerable<(double X, double Y)> PointsOf(PolicyFigures policy, PlotScale scale) => policy.Band.Select(point => (scale.X(point.CostUsdPer1k), scale.Y(point.Accuracy)));

    private static string Describe(EvaluationReport report, List<PolicyFigures> learned)
    {
        static string Of(PolicyFigures policy) => string.Create(CultureInfo.InvariantCulture, $"{policy.Name}: {100 * policy.Shown.Accuracy:0.0} % for ${policy.Shown.CostUsdPer1k:0.####} per 1,000 queries");
        var frontiers = learned.Select(policy => string.Create(CultureInfo.InvariantCulture, $"The frontier of {policy.Name} goes from {100 * policy.Band[0].Accuracy:0.0} % for ${policy.Band[0].CostUsdPer1k:0.####} to {100 * policy.Band[^1].Accuracy:0.0} % for ${policy.Band[^1].CostUsdPer1k:0.####}."));
        return string.Join(' ', [.. frontiers, $"Single experts: {string.Join("; ", report.Policies.Where(policy => policy.Kind == PolicyKind.OneExpert).Select(Of))}."]);
    }

    /// <summary>The names of the tables without folder and extension; only the first of many.</summary>
    private static string Tables(IReadOnlyList<string> files)
    {
        var names = files.Select(file => System.IO.Path.GetFileName(file).Split('.')[0]).ToList();
        return names.Count <= 3 ? string.Join(", ", names) : $"{names[0]} and {names.Count - 1} more tables";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
