using System.Globalization;
using Spectre.Console;

namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>Prints a report for a person.</summary>
internal static class OutcomesTable
{
    /// <summary>Prints the report.</summary>
    public static void Write(IAnsiConsole console, OutcomesReport report, string model)
    {
        console.WriteLine($"{report.Asked} asked, {report.Answered} answered, {report.Ungraded} not gradable, in {report.WallTime.TotalSeconds:0.0} s ({report.Asked / Math.Max(report.WallTime.TotalSeconds, 1e-9):0} a second)");
        console.WriteLine($"Total cost: ${report.TotalCostUsd.ToString("0.#########", CultureInfo.InvariantCulture)}");
        if (report.WithoutCost > 0)
            console.WriteLine($"{report.WithoutCost} answers came without x-orchestra-cost-usd: the costs are too low by theirs.");
        console.Write(Accuracy(report, model));
        if (report.Calls.Count > 0)
            console.Write(Calls(report));
        if (report.Errors.Count > 0)
            console.Write(Errors(report));
    }

    private static Table Accuracy(OutcomesReport report, string model)
    {
        var table = Table("", "accuracy", "$ per 1,000");
        var isCostKnown = report.WithoutCost < Math.Max(1, report.Answered);
        Row(table, model, Percent(report.Accuracy), Dollars(isCostKnown ? report.CostUsdPerThousand : null));
        foreach (var baseline in report.Baselines)
            Row(table, baseline.Model is null ? baseline.Name : $"{baseline.Name} ({baseline.Model})", Percent(baseline.Accuracy), Dollars(baseline.CostUsdPerThousand));
        return table;
    }

    private static Table Calls(OutcomesReport report)
    {
        var table = Table("expert", "calls", "share");
        foreach (var expert in report.Calls)
            Row(table, expert.Expert, expert.Calls.ToString(CultureInfo.InvariantCulture), Percent(expert.Share));
        return table;
    }

    private static Table Errors(OutcomesReport report)
    {
        var table = Table("error", "rows", "first seen at");
        foreach (var (code, count) in report.Errors)
        {
            var first = report.Failures.FirstOrDefault(failure => failure.Code == code);
            Row(table, code, count.ToString(CultureInfo.InvariantCulture), first is null ? "" : $"{first.Id} {first.Trajectory}".TrimEnd());
        }

        return table;
    }

    private static Table Table(string name, params ReadOnlySpan<string> numbers)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn(new Text(name)).NoWrap());
        foreach (var number in numbers)
            table.AddColumn(new TableColumn(new Text(number)).RightAligned());
        return table;
    }

    /// <summary>A row of plain text: names come from headers and tables and must not be read as markup.</summary>
    private static void Row(Table table, params ReadOnlySpan<string> cells)
    {
        var texts = new List<Text>();
        foreach (var cell in cells)
            texts.Add(new Text(cell));
        table.AddRow(texts);
    }

    private static string Percent(double share) => share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Dollars(decimal? dollars) => dollars is { } known ? known.ToString("0.0000", CultureInfo.InvariantCulture) : "unknown";
}
