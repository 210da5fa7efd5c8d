using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Rollout;
using Orchestra.Grains.Placement;

namespace Orchestra.Grains.Conducting;

/// <summary>
/// Stands for the conductor of its silo. Each conducting silo holds the policies in memory and follows the rollout in the database, so a decision never leaves the silo and a promoted policy
/// reaches all of them within two looks, whether they can reach each other or not.
/// </summary>
/// <param name="silo">This silo.</param>
/// <param name="conductor">Its conductor.</param>
[OnSilo, GrainType("orchestrator")]
internal sealed class OrchestratorGrain(ILocalSiloDetails silo, IConductor conductor) : Grain, IOrchestratorGrain
{
    public Task<ConductorReport> GetAsync(CancellationToken ct)
    {
        var snapshot = (conductor as RolloutConductor)?.Snapshot;
        return Task.FromResult(new ConductorReport(silo.Name, conductor.Name, snapshot?.Active?.Id, snapshot?.Candidate?.Id, snapshot?.Rollout.Version ?? 0));
    }
}
