using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Folds;

namespace Orchestra.Cli.Eval;

/// <summary>The policy under evaluation: from a file, or trained as the protocol says. The only place that knows the trainer.</summary>
internal static class EvalPolicies
{
    /// <summary>Trains a policy on rows; null until there is a trainer.</summary>
    public static PolicyTraining? Train(EvalOptions options) => null;

    /// <summary>What the policy does; null where none is asked for.</summary>
    public static PolicyRun? Run(EvalOptions options, EvaluationSetup setup, EvalProgress progress, CancellationToken ct)
    {
        if (options.Policy is not null)
            throw new CommandException("This build cannot decide with policy files yet.");
        if (options.Folds > 0 && Train(options) is { } train)
            return FoldTraining.Run(setup, "learned", train, fold => progress.Say($"Fold {fold} of {options.Folds}: training …"), ct);
        if (options.Orders > 0)
            throw new CommandException("This build cannot learn as it goes yet.");
        progress.Say("No policy is evaluated: baselines only. Give --policy, --folds or --online.");
        return null;
    }
}
