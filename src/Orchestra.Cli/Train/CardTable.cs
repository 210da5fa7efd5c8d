using System.Globalization;
using Orchestra.Core.Learning.Policies;
using Spectre.Console;

namespace Orchestra.Cli.Train;

/// <summary>Shows a policy's model card.</summary>
internal static class CardTable
{
    /// <summary>Writes the card.</summary>
    public static void Write(Policy policy, IAnsiConsole console)
    {
        var card = policy.Card;
        console.WriteLine($"{policy.Id}, seed {card.Seed}{(card.Previous is null ? string.Empty : $", from {card.Previous}")}");
        foreach (var data in card.Data)
            console.WriteLine($"data: {data.Name}, {data.Rows} rows, sha256 {data.Sha256}");
        console.WriteLine($"experts: {string.Join(", ", card.Experts)}");
        console.WriteLine(string.Join(", ", card.Training.Select(value => $"{value.Key} {value.Value.ToString("0.######", CultureInfo.InvariantCulture)}")));
        var table = new Table().Border(TableBorder.Rounded).Title("on the rows held out");
        table.AddColumns("", "accuracy", "$ per 1,000", "calls per query");
        foreach (var point in card.Baselines.Concat(card.Frontier))
            table.AddRow(point.Name.EscapeMarkup(), Show(point.Accuracy * 100, "0.0") + " %", Show(point.CostUsdPer1k, "0.0000"), Show(point.CallsPerQuery, "0.00"));
        console.Write(table);
    }

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
