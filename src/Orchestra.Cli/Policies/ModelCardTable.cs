using System.Globalization;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Policies;
using Spectre.Console;

namespace Orchestra.Cli.Policies;

/// <summary>Shows a model card to a person.</summary>
internal static class ModelCardTable
{
    public static void Write(Policy policy, long bytes, IAnsiConsole console)
    {
        var card = policy.Card;
        var facts = new Grid().AddColumn().AddColumn();
        Fact("policy", policy.Id);
        Fact("bytes", bytes.ToString("N0", CultureInfo.InvariantCulture));
        if (card.Name is { } name)
            Fact("name", name);
        Fact("embedder", policy.Embedder);
        if (card.TrainedAt is { } at)
            Fact("trained", at.ToString("u", CultureInfo.InvariantCulture));
        Fact("seed", card.Seed.ToString(CultureInfo.InvariantCulture));
        Fact("experts", string.Join(", ", card.Experts));
        if (card.Previous is { } previous)
            Fact("from", previous);
        foreach (var data in card.Data)
            Fact("data", $"{data.Name}, {data.Rows.ToString("N0", CultureInfo.InvariantCulture)} rows, SHA-256 {data.Sha256}");
        if (card.Training.Count > 0)
            Fact("training", string.Join(", ", card.Training.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key} {value.Value}"))));
        console.Write(facts);
        var points = card.Baselines.Concat(card.Frontier).ToList();
        if (points.Count > 0)
            console.Write(Points(points));

        void Fact(string name, string value) => facts.AddRow(new Text(name), new Text(Terminal.Clean(value)));
    }

    private static Table Points(IEnumerable<CardPoint> points)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("on held-out rows");
        foreach (var name in new[] { "accuracy", "$ per 1,000", "calls per query" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        foreach (var point in points)
        {
            string[] cells =
            [
                Terminal.Clean(point.Name), point.Accuracy.ToString("0.0%", CultureInfo.InvariantCulture), point.CostUsdPer1k.ToString("0.0000", CultureInfo.InvariantCulture),
                point.CallsPerQuery.ToString("0.00", CultureInfo.InvariantCulture),
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }
}
