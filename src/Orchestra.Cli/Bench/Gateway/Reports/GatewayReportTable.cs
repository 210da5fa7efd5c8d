using System.Globalization;
using Spectre.Console;

namespace Orchestra.Cli.Bench.Gateway.Reports;

/// <summary>The report for a person.</summary>
internal static class GatewayReportTable
{
    public static void Write(GatewayReport report, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("figure");
        foreach (var name in new[] { "direct", "through the node", "added", "ratio" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        table.AddColumn("target").AddColumn("");
        foreach (var figure in report.Figures())
        {
            table.AddRow(
                new Text(figure.Name),
                new Text(Value(figure.Direct, figure.Unit)),
                new Text(Value(figure.Node, figure.Unit)),
                new Text(figure.Added is { } added ? $"{(added < 0 ? "" : "+")}{Value(added, figure.Unit)}" : ""),
                new Text(figure.Ratio.ToString("0.00", CultureInfo.InvariantCulture)),
                new Text(figure.Target?.Bound ?? ""),
                Verdict(figure.Target));
        }

        console.Write(table);
        if (report.Process is { } process)
        {
            console.WriteLine($"The node answered {process.StartMilliseconds:0} ms after the start of its process, on an empty data folder (target ≤ 2000 ms).");
            console.WriteLine($"Its memory: {Mebibytes(process.IdleBytes)} idle (target < 150 MiB), {Mebibytes(process.LoadedBytes)} after load.");
        }

        if (report.Ledger is { } ledger)
        {
            console.WriteLine($"Ledger: {ledger.Requests:N0} answers × ${ledger.Each} = ${ledger.Expected}; spent ${ledger.Spent}, reserved ${ledger.Reserved}: "
                + (ledger.Agrees ? "agrees to the nano-dollar." : "DOES NOT AGREE."));
        }

        if (report.Failures is { } failures)
            console.WriteLine($"Not sound: {CommandLine.Terminal.Clean(failures)}");
        console.WriteLine(
            $"Medians over {report.Options.Rounds} rounds of {report.Options.Seconds} s each, direct and through the node in turn; mock, node and load generator share {report.Machine}.");
    }

    private static Text Verdict(Target? target) => target switch
    {
        null => new Text(""),
        { Met: true } => new Text("met", new Style(Color.Green)),
        _ => new Text("missed", new Style(Color.Red)),
    };

    private static string Value(double value, string unit) => value.ToString(unit == "ms" ? "0.000" : "N0", CultureInfo.InvariantCulture) + ' ' + unit;

    private static string Mebibytes(long bytes) => (bytes / 1048576.0).ToString("0.0 MiB", CultureInfo.InvariantCulture);
}
