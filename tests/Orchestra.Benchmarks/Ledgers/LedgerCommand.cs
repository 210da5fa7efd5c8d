using System.CommandLine;
using System.Text.Json;

namespace Orchestra.Benchmarks.Ledgers;

/// <summary>The command <c>ledger</c>.</summary>
internal static class LedgerCommand
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each measurement runs, 1 to 600.", DefaultValueFactory = _ => 8 };
        var json = new Option<FileInfo?>("--json") { Description = "A file for the figures as JSON." };
        var command = new Command("ledger", "Durable operations a second on PostgreSQL and SQLite beside pgbench's single-row inserts, and decisions in memory.") { seconds, json };
        command.SetAction(async (parse, ct) =>
        {
            var report = await LedgerBenchmark.RunAsync(TimeSpan.FromSeconds(Math.Clamp(parse.GetValue(seconds), 1, 600)), ct);
            LedgerTable.Write(report);
            if (parse.GetValue(json) is { } file)
                await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, Readable), ct);
            return report.Figures.All(figure => figure.Met != false) ? 0 : 1;
        });
        return command;
    }
}
