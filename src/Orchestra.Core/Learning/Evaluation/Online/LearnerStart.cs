using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation.Online;

/// <summary>Makes a learner that knows nothing of the queries yet.</summary>
/// <param name="experts">The experts, without any row.</param>
/// <param name="seed">The seed of the learner's chance, another one for each order.</param>
public delegate IReplayLearner LearnerStart(ReplayTable experts, int seed);
