using System.Globalization;
using Spectre.Console;

namespace Orchestra.Benchmarks.Ledgers;

/// <summary>The report for a person.</summary>
internal static class LedgerTable
{
    public static void Write(LedgerReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("operations").NoWrap());
        foreach (var name in new[] { "a second", "× inserts", "p50", "p99" })
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        table.AddColumn(new TableColumn("target").NoWrap()).AddColumn("");
        foreach (var figure in report.Figures)
        {
            table.AddRow(
                new Text(figure.Name), new Text(figure.PerSecond.ToString("N0", CultureInfo.InvariantCulture)),
                new Text((figure.PerSecond / report.Inserts).ToString("0.00", CultureInfo.InvariantCulture)), new Text(Milliseconds(figure.P50)), new Text(Milliseconds(figure.P99)),
                new Text(figure.Target), figure.Met is { } met ? new Text(met ? "met" : "missed", new Style(met ? Color.Green : Color.Red)) : new Text(string.Empty));
        }

        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            $"{report.Seconds:0} s each; a reserve and a settle are two operations; every operation is answered after its commit. PostgreSQL (fsync on), pgbench and the program share {report.Machine}.");
    }

    private static string Milliseconds(double? value) => value is { } known ? known.ToString("0.00 ms", CultureInfo.InvariantCulture) : string.Empty;
}
