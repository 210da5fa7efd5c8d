using System.CommandLine;
using Spectre.Console;

namespace Orchestra.Benchmarks.Learning;

/// <summary>The command <c>features</c>.</summary>
internal static class FeatureCommand
{
    public static Command Create()
    {
        var command = new Command("features", "Time and memory of a query's vector and of its neighbours among past queries, on one core.");
        command.SetAction(_ =>
        {
            var table = new Table().AddColumn("operation").AddColumn(new TableColumn("median µs").RightAligned()).AddColumn(new TableColumn("bytes allocated").RightAligned());
            foreach (var figure in FeatureBenchmark.Run())
                table.AddRow(figure.Name, $"{figure.Microseconds:0.0}", $"{figure.Bytes:0.##}");
            AnsiConsole.Write(table);
        });
        return command;
    }
}
