using Orchestra.Core.Learning.Evaluation.Folds;
using Orchestra.Core.Learning.Evaluation.Online;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Cli.Eval;

/// <summary>Where policies come from: the only place of the evaluation that knows files and trainers.</summary>
internal sealed record PolicySources
{
    /// <summary>The sources of the command line.</summary>
    public static PolicySources Default { get; } = new();

    /// <summary>Reads a policy file; null where this build has none.</summary>
    public Func<string, CancellationToken, Task<IReplayPolicy>>? Read { get; init; }

    /// <summary>Trains a policy with the options' seed; null where this build cannot.</summary>
    public Func<EvalOptions, PolicyTraining>? Train { get; init; }

    /// <summary>Makes learners that learn as they go; null where this build cannot.</summary>
    public LearnerStart? Learn { get; init; }
}
