using Microsoft.Extensions.Logging;
using Orchestra.Core.Conversations;
using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Core.Conducting.Rollout;

/// <summary>
/// Chooses for each query the policy that conducts it, and keeps to it for all turns: a policy that is swapped in meanwhile gets the queries that begin after it.
/// Where there is no policy, or it fails, another conductor decides.
/// </summary>
/// <param name="fallback">Decides where no policy does.</param>
/// <param name="tallies">Told what queries came to while a policy is on its way.</param>
/// <param name="logger">Told of policies that fail.</param>
public sealed class RolloutConductor(IConductor fallback, RolloutTallies tallies, ILogger<RolloutConductor> logger) : IConductor
{
    private RolloutSnapshot _snapshot = RolloutSnapshot.None;

    /// <inheritdoc/>
    public string Name => "learned";

    /// <summary>What queries that begin now are conducted by.</summary>
    public RolloutSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>Lets queries that begin from now on be conducted by other policies.</summary>
    public void Swap(RolloutSnapshot snapshot) => Volatile.Write(ref _snapshot, snapshot);

    /// <inheritdoc/>
    public IConductor For(Query query)
    {
        var snapshot = Snapshot;
        var isCanary = snapshot.Canary is { } canary
            && ConversationKey.Of(query.Caller.TenantId, query.Request, query.ConversationId).IsWithin(canary.Id, snapshot.Rollout.Share);
        return new RolloutQuery(snapshot, isCanary, fallback, tallies, logger);
    }

    /// <inheritdoc/>
    public ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct) =>
        new RolloutQuery(Snapshot, isCanary: false, fallback, tallies, logger).DecideAsync(situation, ct);
}
