using System.Globalization;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Reports;
using Spectre.Console;

namespace Orchestra.Cli.Eval.Reports;

/// <summary>Prints an evaluation for a person.</summary>
internal static class EvalTable
{
    /// <summary>Prints the evaluation.</summary>
    public static void Write(IAnsiConsole console, Evaluation evaluation)
    {
        var (setup, report) = (evaluation.Report.Setup, evaluation.Report);
        console.WriteLine($"{string.Join(", ", evaluation.Options.Files.Select(file => Terminal.Clean(Path.GetFileName(file))))}: {setup.Table.Rows.Count} rows, seed {setup.Seed}");
        console.WriteLine($"Protocol: {evaluation.Label.Training}");
        console.WriteLine($"Answers:  {evaluation.Label.Answers}");
        if (setup.IsPair)
            console.WriteLine($"Pair:     {Name(setup, setup.Weak)} (weak), {Name(setup, setup.Strong)} (strong)");
        console.WriteLine();
        console.Write(Policies(report));
        console.WriteLine(setup.IsPair
            ? "Accuracy and cost where half of the queries get the strong expert; single experts, the oracle and what learned as it went as they are. Brackets: 95 % bootstrap intervals."
            : $"Accuracy and cost at λ = 0, of rules without λ at their most accurate setting. Matches best: dollars to be as accurate as {Terminal.Clean(report.Best.Name)}, as a part of its own. Brackets: 95 % bootstrap intervals.");
        foreach (var policy in report.Policies.Where(policy => policy.Kind == PolicyKind.Learned))
            console.Write(Frontier(setup, policy));
        if (evaluation.Online is { } online)
            OnlineTable.Write(console, online);
    }

    private static Table Policies(EvaluationReport report)
    {
        var isPair = report.Setup.IsPair;
        var table = Table(["policy"], ["accuracy %", "$ per 1,000", .. isPair ? (string[])["strong %", "APGR", "CPT50 %", "CPT80 %"] : ["calls", "strong %", "matches best at %"]]);
        foreach (var policy in report.Policies)
        {
            var shown = policy.Shown;
            string[] cells =
            [
                Terminal.Clean(policy.Name),
                Percents(new Estimate(shown.Accuracy, shown.AccuracyInterval)),
                Dollars(shown.CostUsdPer1k),
                .. isPair
                    ? (string[])[Percent(shown.StrongShare), Share(policy.Apgr), Percents(policy.Cpt50), Percents(policy.Cpt80)]
                    : [Calls(shown), Percent(shown.StrongShare), Percents(policy.MatchBestCostRatio)],
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }

    private static Table Frontier(EvaluationSetup setup, PolicyFigures policy)
    {
        var table = Table(["λ"], ["accuracy %", "$ per 1,000", "calls", .. setup.Table.Experts.Select(expert => Terminal.Clean(expert.Name))]);
        table.Title = new TableTitle(Markup.Escape($"{Terminal.Clean(policy.Name)} along λ, with the percentage of queries for which each expert is asked"));
        foreach (var point in policy.Frontier)
        {
            string[] cells =
            [
                point.Lambda?.ToString("G3", CultureInfo.InvariantCulture) ?? "",
                Percents(new Estimate(point.Accuracy, point.AccuracyInterval)),
                Dollars(point.CostUsdPer1k),
                Calls(point),
                .. point.CallsByExpert.Select(Percent),
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }

    private static Table Table(string[] names, string[] numbers)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in names)
            table.AddColumn(new TableColumn(new Text(name)).NoWrap());
        foreach (var number in numbers)
            table.AddColumn(new TableColumn(new Text(number)).RightAligned().NoWrap());
        return table;
    }

    private static string Name(EvaluationSetup setup, int expert) => Terminal.Clean(setup.Table.Experts[expert].Name);

    private static string Share(Estimate? estimate) => estimate is { } known && double.IsFinite(known.Value)
        ? $"{Three(known.Value)} [{Three(known.Interval.Low)}, {Three(known.Interval.High)}]"
        : "–";

    private static string Percents(Estimate? estimate) => estimate is { } known && double.IsFinite(known.Value)
        ? $"{Percent(known.Value)} [{Percent(known.Interval.Low)}, {Percent(known.Interval.High)}]"
        : "–";

    private static string Three(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Percent(double share) => double.IsFinite(share) ? (100 * share).ToString("0.0", CultureInfo.InvariantCulture) : "∞";

    private static string Calls(FrontierPoint point) => point.CallsPerQuery.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Dollars(double dollars) => dollars.ToString(dollars < 1 ? "0.0000" : "0.000", CultureInfo.InvariantCulture);
}
