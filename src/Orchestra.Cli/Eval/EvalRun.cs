using Orchestra.Cli.CommandLine;
using Orchestra.Cli.Eval.Plots;
using Orchestra.Cli.Eval.Reports;
using Orchestra.Cli.Tables;
using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Baselines;
using Orchestra.Core.Learning.Evaluation.Folds;
using Orchestra.Core.Learning.Evaluation.Online;
using Orchestra.Core.Learning.Evaluation.Reports;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Eval;

/// <summary>Reads the tables, lets everything decide, and prints the report.</summary>
internal static class EvalRun
{
    /// <summary>Runs an evaluation whose options were checked.</summary>
    public static async Task<int> RunAsync(EvalOptions options, PolicySources sources, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var rows = await ReadAsync(options.Files, error, ct);
        var setup = Setup(options, rows, error);
        // The work is arithmetic: a thread of the pool does it, so that Ctrl-C is heard meanwhile.
        var evaluation = await Task.Run(() => EvaluateAsync(options, setup, sources, error, ct), ct);
        if (options.Plot is { } plot)
        {
            await WritePlotAsync(plot, evaluation, ct);
            await error.WriteLineAsync($"The plot is in {plot}.");
        }

        if (options.Json)
            await output.WriteLineAsync(EvalJson.Write(evaluation));
        else
            EvalTable.Write(Terminal.On(output), evaluation);
        return ExitCode.Ok;
    }

    private static async Task<List<OutcomeRow>> ReadAsync(IReadOnlyList<string> files, TextWriter error, CancellationToken ct)
    {
        var rows = new List<OutcomeRow>();
        var malformed = new MalformedRowLog(error);
        foreach (var file in files)
        {
            await foreach (var row in OutcomeReader.ReadAsync(file, malformed.Add, ct))
                rows.Add(row);
        }

        malformed.Finish();
        return rows.Exists(row => row.Outcomes.Count > 0) ? rows : throw new CommandException("The tables have no rows with outcomes: give outcome tables with --data.");
    }

    private static EvaluationSetup Setup(EvalOptions options, List<OutcomeRow> rows, TextWriter error)
    {
        var setup = options is { Weak: { } weak, Strong: { } strong }
            ? EvaluationSetup.OfPair(rows, weak, strong, options.Cascade, options.Prices)
            : EvaluationSetup.OfExperts(rows, options.Experts, options.Cascade, options.Prices);
        if (!setup.IsPair && setup is { Complete.Count: 2, Table.Experts.Count: 2 })
        {
            var names = setup.Table.Experts;
            error.WriteLine($"Two experts: compared as a pair with {names[0].Name} (the cheaper) as the weak and {names[1].Name} as the strong one. --weak and --strong say otherwise.");
            setup = EvaluationSetup.OfPair(rows, names[0].Name, names[1].Name, options.Cascade, options.Prices);
        }

        if (setup.Table.Rows.Count < rows.Count)
            error.WriteLine($"{rows.Count - setup.Table.Rows.Count} of {rows.Count} rows were left out: not every one of these experts answered them.");
        if (options.Orders > 0 && !setup.IsPair)
            throw new CommandException("--online compares a pair: name it with --weak and --strong.", ExitCode.Usage);
        if (options.Folds > setup.Table.Rows.Count)
            throw new CommandException($"--folds is {options.Folds}, and there are only {setup.Table.Rows.Count} rows.", ExitCode.Usage);
        return setup.With(options.Folds > 0 ? RowFolds.Assign(setup.Table.Rows, options.Folds, options.Seed) : null, options.Seed, options.RankInFolds);
    }

    private static async Task<Evaluation> EvaluateAsync(EvalOptions options, EvaluationSetup setup, PolicySources sources, TextWriter error, CancellationToken ct)
    {
        var progress = new EvalProgress(error);
        progress.Say($"{setup.Table.Rows.Count} rows, {setup.Table.Experts.Count} experts: the baselines decide …");
        var runs = Baseline.RunAll(setup, ct).ToList();
        var contender = await Contender.RunAsync(options, setup, sources, progress, ct);
        if (contender is not null)
            runs.Insert(0, contender.Run);
        else
            progress.Say("No policy is evaluated, only the baselines: give --policy, --folds or --online.");
        progress.Say("Intervals …");
        var report = ReportBuilder.Build(setup, runs, ct);
        if (contender?.Online is not { } orders)
            return new Evaluation(options, ProtocolLabel.Of(options, setup), report);
        var online = OnlineReport.Build(setup, orders, ct);
        // Its preferences changed as it learned: the mean over the orders stands for them.
        report = report with { Policies = [report.Policies[0] with { Apgr = online.Windows[0].ApgrAfter }, .. report.Policies.Skip(1)] };
        return new Evaluation(options, ProtocolLabel.Of(options, setup), report) { Online = online };
    }

    private static async Task WritePlotAsync(string path, Evaluation evaluation, CancellationToken ct)
    {
        try
        {
            await File.WriteAllTextAsync(path, FrontierPlot.Draw(evaluation), ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"The plot cannot be written to '{path}': give --plot a file in a folder that exists and may be written.", inner: exception);
        }
    }
}
