using static Orchestra.Cli.Eval.Plots.SvgDocument;

namespace Orchestra.Cli.Eval.Plots;

/// <summary>Draws the legend beside the plot.</summary>
internal static class PlotLegend
{
    private const double Left = PlotScale.Right + 22;
    private const double LineEnd = Left + 28;
    private const double TextStart = Left + 38;
    private const double Step = 22;
    private const int LongestName = 24;

    /// <summary>One entry for each line, the highest frontier first, then the band and the dots.</summary>
    public static void Draw(SvgDocument svg, IReadOnlyList<PlotLine> lines, bool hasBand)
    {
        var y = PlotScale.Top + 12;
        foreach (var line in lines.OrderByDescending(line => line.Style == "learned").ThenByDescending(line => line.Policy.Band[^1].Accuracy))
        {
            svg.Element("path", ("class", $"line {line.Style}"), ("d", Path([(Left, y - 4), (LineEnd, y - 4)])));
            svg.Text(Short(line.Policy.Name), TextStart, y, "legend");
            y += Step;
        }

        if (hasBand)
        {
            svg.Element("rect", ("class", "band"), ("x", Number(Left)), ("y", Number(y - 11)), ("width", "28"), ("height", "13"));
            svg.Text("95 % interval", TextStart, y, "legend");
            y += Step;
        }

        svg.Element("circle", ("class", "expert"), ("cx", Number(Left + 14)), ("cy", Number(y - 4)), ("r", "5"));
        svg.Text("one expert for everything", TextStart, y, "legend");
    }

    private static string Short(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
}
