using System.Globalization;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Training;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orchestra.Cli.Train;

/// <summary>Shows a training while it runs: a live table on a terminal, a line now and then elsewhere.</summary>
internal static class TrainProgress
{
    private const double LinesPerStage = 10;

    /// <summary>Trains and shows how it goes.</summary>
    public static async Task<Policy> ShowAsync(IAnsiConsole console, Func<IProgress<TrainingProgress>, Policy> train)
    {
        if (!console.Profile.Capabilities.Interactive)
            return await Task.Run(() => train(new Lines(console)));
        return await console.Live(new Text("…")).StartAsync(context => Task.Run(() => train(new Live(context))));
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    private static IRenderable Table(TrainingProgress progress)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"{progress.Stage}  {progress.Done:P0}");
        table.AddColumns("reward", "accuracy", "$ per 1,000", "entropy", "reward, held out");
        table.AddRow(Number(progress.Reward, "0.0000"), Number(progress.Accuracy, "0.000"), Number(progress.CostUsdPer1k, "0.0000"), Number(progress.Entropy, "0.000"), Number(progress.Held, "0.0000"));
        if (progress.Shares is null)
            return table;
        var chart = new BarChart().Width(60).Label("share of calls, %");
        foreach (var (expert, share) in progress.Shares)
            chart.AddItem(expert.EscapeMarkup(), Math.Round(share * 100, 1));
        return new Rows(table, chart);
    }

    private sealed class Live(LiveDisplayContext context) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            context.UpdateTarget(Table(value));
            context.Refresh();
        }
    }

    private sealed class Lines(IAnsiConsole console) : IProgress<TrainingProgress>
    {
        private string _stage = string.Empty;
        private double _shown;

        public void Report(TrainingProgress value)
        {
            if (value.Stage == _stage && value.Done < _shown + (1 / LinesPerStage))
                return;
            _stage = value.Stage;
            _shown = value.Done;
            var figures = value.Reward is null
                ? string.Empty
                : $"  reward {Number(value.Reward, "0.0000")}  accuracy {Number(value.Accuracy, "0.000")}  $ {Number(value.CostUsdPer1k, "0.0000")}  entropy {Number(value.Entropy, "0.000")}  held out {Number(value.Held, "0.0000")}";
            console.WriteLine($"{value.Stage} {value.Done:P0}{figures}");
        }
    }
}
