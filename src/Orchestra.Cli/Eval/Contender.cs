using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Folds;
using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Evaluation.Online;

namespace Orchestra.Cli.Eval;

/// <summary>The policy under evaluation, as the protocol makes it.</summary>
/// <param name="Run">What it did.</param>
/// <param name="Online">Its orders, where it learned as it went.</param>
internal sealed record Contender(PolicyRun Run, OnlineRun? Online)
{
    /// <summary>Reads or trains the policy and lets it decide; null where the options ask for none.</summary>
    public static async Task<Contender?> RunAsync(EvalOptions options, EvaluationSetup setup, PolicySources sources, EvalProgress progress, CancellationToken ct)
    {
        if (options.Policy is { } path)
        {
            var read = sources.Read ?? throw new CommandException("This build cannot decide with policy files.");
            var policy = await read(path, ct);
            progress.Say($"{policy.Name} decides …");
            return new Contender(PolicyRunner.Run(setup, policy, PolicyKind.Learned, ct), null);
        }

        if (options.Folds > 0 && sources.Train is { } train)
            return new Contender(FoldTraining.Run(setup, "learned", train(options), fold => progress.Say($"Fold {fold} of {options.Folds}: training …"), ct), null);
        if (options.Orders > 0)
            return Learn(options, setup, sources.Learn ?? throw new CommandException("This build has no policy that learns as it goes."), progress, ct);
        return null;
    }

    private static Contender Learn(EvalOptions options, EvaluationSetup setup, LearnerStart start, EvalProgress progress, CancellationToken ct)
    {
        var finished = 0;
        progress.Say($"{options.Orders} orders of {setup.Table.Rows.Count} queries: learning as it goes …");
        var online = OnlineRun.Run(setup, start, options.Orders, options.Lambda, () => progress.Say($"Order {Interlocked.Increment(ref finished)} of {options.Orders} is done."), ct);
        var point = online.Point(setup, options.Lambda);
        return new Contender(new PolicyRun(online.Name, PolicyKind.Learned, [point], point), online);
    }
}
