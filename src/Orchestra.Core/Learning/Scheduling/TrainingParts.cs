using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Scheduling;

/// <summary>What a scheduled training works with.</summary>
/// <param name="Log">Sees to it that one host trains at a time.</param>
/// <param name="History">The trajectories and what became known of them.</param>
/// <param name="Telling">Which outcomes count.</param>
/// <param name="Policies">The policies and the rollout.</param>
/// <param name="Registry">Adds policies and rolls them out.</param>
/// <param name="Embedder">Makes vectors of queries.</param>
/// <param name="Ids">Makes the host's name.</param>
public sealed record TrainingParts(
    ITrainingLog Log, ITrajectoryHistory History, TellingOutcomes Telling, IPolicyStore Policies, PolicyRegistry Registry, IEmbedder Embedder, IdGenerator Ids);
