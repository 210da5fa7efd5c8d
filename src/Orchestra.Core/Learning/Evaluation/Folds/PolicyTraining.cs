using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation.Folds;

/// <summary>Trains a policy on the rows of a table.</summary>
/// <param name="rows">All that it may learn from.</param>
/// <param name="ct">Stops the training.</param>
public delegate IReplayPolicy PolicyTraining(ReplayTable rows, CancellationToken ct);
