using System.Globalization;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Evaluation.OffPolicy;
using Spectre.Console;

namespace Orchestra.Cli.Eval.Trajectories;

/// <summary>Prints an evaluation on logged traffic for a person.</summary>
internal static class TrajectoryEvalTable
{
    private const double Thousand = 1_000;

    public static void Write(IAnsiConsole console, string policy, TrajectoryEval evaluation, OffPolicyReport report)
    {
        var lambda = evaluation.Lambda is { } given ? $"λ = {Text(given, "0.####")}" : "the λ of each logged decision";
        console.WriteLine($"Logged traffic: {Text(report.Trajectories, "N0")} trajectories, of which {Text(report.Queries, "N0")} can be used and {Text(report.Score?.Queries ?? 0, "N0")} have a score");
        if (report.Skipped.Count > 0)
            console.WriteLine($"Left out: {string.Join(", ", report.Skipped.Select(skip => $"{Text(skip.Value, "N0")} {Reason(skip.Key)}"))}");
        console.WriteLine($"Candidate: {Terminal.Clean(policy)}, its best moves, at {lambda}");
        if (report.Dollars is { } dollars)
        {
            console.WriteLine($"{Text(report.DecisionsPerQuery, "0.00")} decisions a query; the candidate's probability of the moves that were made is {Text(report.Agreement, "0.0%")} on average");
            console.WriteLine();
            console.Write(Figures(report.Score, dollars));
            console.WriteLine("Brackets: 95 % intervals. The difference is that of the same queries. Doubly robust; --json has the simpler estimates beside it.");
        }

        foreach (var caution in report.Cautions)
            console.WriteLine($"Note: {Terminal.Clean(caution)}");
    }

    private static Table Figures(OffPolicyEstimate? score, OffPolicyEstimate dollars)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("mean");
        foreach (var name in new[] { "as logged", "candidate", "difference", "queries", "worth", "largest weight", "cut" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        if (score is not null)
            Row("score", score, 1, "0.000");
        Row("$ per 1,000", dollars, Thousand, "0.0000");
        return table;

        void Row(string name, OffPolicyEstimate figure, double unit, string format) => table.AddRow(
            name, Mean(figure.Logged.Times(unit), format), Mean(figure.Value.Times(unit), format), Mean(figure.Gain.Times(unit), $"+{format};-{format}"), Text(figure.Queries, "N0"),
            Text(figure.EffectiveSampleSize, "N0"), Text(figure.LargestWeight, "N1"), Text(figure.Clipped, "N0"));
    }

    private static string Mean(MeanEstimate mean, string format) => Markup.Escape($"{Text(mean.Value, format)} [{Text(mean.Interval.Low, format)}, {Text(mean.Interval.High, format)}]");

    private static string Text(IFormattable number, string format) => number.ToString(format, CultureInfo.InvariantCulture);

    private static string Reason(QuerySkip reason) => reason switch
    {
        QuerySkip.NoOdds => "without odds (another conductor served them)",
        QuerySkip.NoText => "without a text",
        QuerySkip.CutText => "with a text too long to be kept whole",
        QuerySkip.NotAnswered => "not answered",
        QuerySkip.UnknownExpert => "with an expert that the configuration does not describe",
        _ => "that the candidate would leave to another conductor",
    };
}
