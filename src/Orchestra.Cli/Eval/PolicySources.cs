using Orchestra.Core.Learning.Evaluation.Folds;
using Orchestra.Core.Learning.Evaluation.Online;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Cli.Eval;

/// <summary>Where policies come from: the only place of the evaluation that knows files and trainers.</summary>
internal sealed record PolicySources
{
    /// <summary>The sources of the command line.</summary>
    public static PolicySources Default { get; } = new()
    {
        Read = async (path, ct) => new LearnedReplayPolicy(await Policy.ReadAsync(path, ct)),
        Train = options => (rows, ct) => new LearnedReplayPolicy(PolicyTrainer.Train(rows, new TrainingOptions { Seed = options.Seed, Epochs = options.Epochs }, null, ct)),
        Learn = (experts, seed) => new OnlineLearner(experts, seed),
    };

    /// <summary>Reads a policy file; null where this build has none.</summary>
    public Func<string, CancellationToken, Task<IReplayPolicy>>? Read { get; init; }

    /// <summary>Trains a policy with the options' seed; null where this build cannot.</summary>
    public Func<EvalOptions, PolicyTraining>? Train { get; init; }

    /// <summary>Makes learners that learn as they go; null where this build cannot.</summary>
    public LearnerStart? Learn { get; init; }
}
