using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Eval;

/// <summary>Refuses options that contradict each other, before any table is read.</summary>
internal static class EvalOptionsCheck
{
    /// <summary>Throws <see cref="CommandException"/> that says what to change.</summary>
    public static void Check(EvalOptions options)
    {
        if (options.Weak is null != options.Strong is null)
            throw Usage("--weak and --strong belong together: name both experts of the pair.");
        if (options.Weak is not null && options.Experts is not null)
            throw Usage("--experts and --weak with --strong exclude each other: a pair has no other experts.");
        if (options.Experts is { Count: < 2 })
            throw Usage("--experts names two or more experts with commas between them, or all.");
        if (options.Folds > 0 && options.Orders > 0)
            throw Usage("--folds and --online are two protocols: give one of them.");
        if (options.Policy is not null && options.Folds > 0)
            throw Usage("--folds trains policies of its own: leave out --policy, or --folds.");
        if (options.Policy is not null && options.Orders > 0)
            throw Usage("--online begins from nothing: leave out --policy, or --online.");
        if (options.RankInFolds && options.Folds == 0)
            throw Usage("--rank-in-folds says how folds are compared: it needs --folds.");
    }

    private static CommandException Usage(string message) => new(message, ExitCode.Usage);
}
