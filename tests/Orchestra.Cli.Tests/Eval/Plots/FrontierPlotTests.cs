using System.Globalization;
using System.Xml.Linq;
using Orchestra.Cli.Eval;
using Orchestra.Cli.Eval.Plots;
using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Baselines;
using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Evaluation.Reports;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Tests.Eval.Plots;

public sealed class FrontierPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void It_shows_the_frontier_with_its_band_every_expert_and_every_baseline()
    {
        var plot = Draw(EvalTables.Three());
        Count(plot, "path", "band").ShouldBe(1);
        Count(plot, "path", "line learned").ShouldBe(2, "One in the plot and one in the legend.");
        Count(plot, "circle", "learned-dot").ShouldBe(25);
        Count(plot, "circle", "expert").ShouldBe(4, "Three experts and one in the legend.");
        var texts = plot.Descendants(Svg + "text").Select(text => text.Value).ToList();
        foreach (var text in (string[])["small", "middle", "large", "oracle", "random mix", "95 % interval", "Accuracy", "Accuracy against cost on some_table"])
            texts.ShouldContain(text);
    }

    [Fact]
    public void It_can_be_read_aloud_and_runs_nothing()
    {
        var plot = Draw(EvalTables.Three());
        plot.Root!.Attribute("role")!.Value.ShouldBe("img");
        plot.Root.Element(Svg + "title")!.Value.ShouldContain("some_table");
        plot.Root.Element(Svg + "desc")!.Value.ShouldContain("large: 90.0 % for $10");
        plot.Descendants(Svg + "script").ShouldBeEmpty();
        plot.Descendants(Svg + "style").Single().Value.ShouldContain("prefers-color-scheme: dark");
    }

    [Fact]
    public void Names_are_text_whatever_they_hold()
    {
        var rows = EvalTables.Three(30).Select(row => row with { Outcomes = row.Outcomes.ToDictionary(each => each.Key == "small" ? "<b>&\"\u0001" : each.Key, each => each.Value) }).ToList();
        Draw(rows).Descendants(Svg + "text").Select(text => text.Value).ShouldContain("<b>&\"\uFFFD");
    }

    [Fact]
    public void Labels_of_experts_that_are_alike_do_not_cover_each_other()
    {
        var rows = EvalTables.Three(40).Select(row => row with { Outcomes = Enumerable.Range(0, 9).ToDictionary(i => $"expert-number-{i}", i => row.Outcomes["large"] with { CostUsd = 0.01m + (i * 0.0001m) }) }).ToList();
        var labels = Draw(rows).Descendants(Svg + "text").Where(text => text.Attribute("class")?.Value == "label").Select(text => (X: Number(text, "x"), Y: Number(text, "y"))).ToList();
        labels.Count.ShouldBe(9);
        for (var i = 0; i < labels.Count; i++)
        {
            for (var j = i + 1; j < labels.Count; j++)
                (Math.Abs(labels[i].X - labels[j].X) >= 100 || Math.Abs(labels[i].Y - labels[j].Y) >= 14.9).ShouldBeTrue($"{labels[i]} covers {labels[j]}.");
        }
    }

    [Fact]
    public void Tables_without_costs_and_of_one_accuracy_can_be_drawn()
    {
        var rows = EvalTables.Three(10).Select(row => row with { Outcomes = row.Outcomes.ToDictionary(each => each.Key, _ => new Outcome(1)) }).ToList();
        Draw(rows).Descendants().SelectMany(element => element.Attributes()).ShouldAllBe(attribute => !attribute.Value.Contains("NaN") && !attribute.Value.Contains('∞'));
    }

    private static XDocument Draw(IReadOnlyList<OutcomeRow> rows)
    {
        var setup = EvaluationSetup.OfExperts(rows, null, cascade: true);
        var options = new EvalOptions(["/data/some_table.jsonl.gz"]);
        var learned = PolicyRunner.Run(setup, new CheapestThenDearest(), PolicyKind.Learned, default);
        var report = ReportBuilder.Build(setup, [learned, .. Baseline.RunAll(setup, default)], default);
        return XDocument.Parse(FrontierPlot.Draw(new Evaluation(options, ProtocolLabel.Of(options, setup), report)));
    }

    private static int Count(XDocument plot, string element, string style) => plot.Descendants(Svg + element).Count(each => each.Attribute("class")?.Value == style);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
