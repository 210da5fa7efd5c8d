using System.Globalization;
using Orchestra.Core.Learning.Evaluation.Online;
using Orchestra.Core.Learning.Evaluation.Reports;
using Spectre.Console;

namespace Orchestra.Cli.Eval.Reports;

/// <summary>Prints for a person how learning as it went developed.</summary>
internal static class OnlineTable
{
    /// <summary>Prints the figures.</summary>
    public static void Write(IAnsiConsole console, OnlineFigures online)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.Title = new TableTitle("Learning as it went, on average over the orders");
        foreach (var name in (string[])["queries", "APGR until then", "APGR after", "accuracy %", "$ per 1,000", "strong %", "reward", "always weak", "always strong", "regret"])
            table.AddColumn(new TableColumn(new Text(name)).RightAligned());
        foreach (var window in online.Windows)
        {
            var step = online.Steps.FirstOrDefault(step => step.Queries == window.Queries);
            string[] cells =
            [
                window.Queries.ToString(CultureInfo.InvariantCulture),
                Share(window.ApgrUntil),
                Share(window.ApgrAfter),
                Number(100 * step?.Accuracy, "0.0"),
                Number(step?.CostUsdPer1k, "0.0000"),
                Number(100 * step?.StrongShare, "0.0"),
                Number(step?.Reward, "0.000"),
                Number(step?.RewardOfWeak, "0.000"),
                Number(step?.RewardOfStrong, "0.000"),
                Number(step?.Regret, "0.0"),
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        console.Write(table);
        console.WriteLine("Reward: the score less the price of its dollars, at which always weak and always strong are worth the same. Regret: what the better of the two would have had more.");
    }

    private static string Share(Estimate? estimate) => estimate is { } known && double.IsFinite(known.Value)
        ? string.Create(CultureInfo.InvariantCulture, $"{known.Value:0.000} [{known.Interval.Low:0.000}, {known.Interval.High:0.000}]")
        : "–";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
