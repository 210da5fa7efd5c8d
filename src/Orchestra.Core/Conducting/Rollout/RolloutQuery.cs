using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Conducting.Rollout;

/// <summary>Decides for one query with the policy that was chosen for it, beside which a shadow may decide without effect.</summary>
internal sealed partial class RolloutQuery(RolloutSnapshot snapshot, bool isCanary, IConductor fallback, RolloutTallies tallies, ILogger logger) : IConductor
{
    private readonly PolicyConductor? _policy = isCanary ? snapshot.Canary : snapshot.Active;
    private bool _hasFailed;

    public string Name => _policy is { } policy ? $"{policy.Conductor.Name}:{policy.Id}" : fallback.Name;

    public async ValueTask<Decision> DecideAsync(Situation situation, CancellationToken ct)
    {
        var decision = await ServeAsync(situation, ct);
        return situation.Turn == 1 && snapshot.Shadow is { } shadow
            ? decision with { Shadow = await ShadowAsync(shadow, decision, situation, ct) }
            : decision;
    }

    public void Ended(Trajectory trajectory)
    {
        // What the client cut short, or its budget refused, says nothing of a policy.
        if (snapshot.Candidate is null || trajectory.Outcome is "cancelled" or ErrorCode.InsufficientQuota)
            return;
        var isRejected = IsRejected(trajectory);
        var tally = default(ArmTally).With((double)trajectory.Cost.Nanos / Money.NanosPerDollar, isRejected, trajectory.Duration);
        var shadow = trajectory.ShadowDecision;
        tallies.Add(snapshot.Rollout.Version, new RolloutTally(
            isCanary ? default : tally, isCanary ? tally : default, shadow is null ? 0 : 1, shadow is { Agrees: true } ? 1 : 0));
        if (snapshot.Canary is not null)
            tallies.Await(new AwaitingQuery(trajectory.Id, snapshot.Rollout.Version, isCanary, isRejected, trajectory.StartedAt + trajectory.Duration));
    }

    private static bool IsRejected(Trajectory trajectory) =>
        trajectory.Outcome != "answered" || trajectory.Steps.LastOrDefault(step => step.Verdict is not null)?.Verdict is { Accepted: false };

    private async ValueTask<Decision> ServeAsync(Situation situation, CancellationToken ct)
    {
        if (_policy is not { } policy)
            return await fallback.DecideAsync(situation, ct);
        if (!_hasFailed)
        {
            try
            {
                return await policy.Conductor.DecideAsync(situation, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _hasFailed = true;
                LogFailed(error, policy.Id, fallback.Name);
            }
        }

        // The rest of the query stays with one conductor, for which the situation is as good as any.
        var decision = await fallback.DecideAsync(situation, ct);
        return decision with { Reason = $"The policy failed. {decision.Reason}" };
    }

    private async ValueTask<ShadowDecision> ShadowAsync(PolicyConductor shadow, Decision made, Situation situation, CancellationToken ct)
    {
        try
        {
            var moves = Moves(await shadow.Conductor.DecideAsync(situation, ct));
            return new ShadowDecision(shadow.Id, moves, moves == Moves(made));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            LogFailed(error, shadow.Id, fallback.Name);
            return new ShadowDecision(shadow.Id, "failed", Agrees: false);
        }
    }

    private static string Moves(Decision decision) => string.Join(", ", decision.Moves.Select(move => move switch
    {
        Move.Delegate { Purpose: Purpose.Assessment } assess => $"assess:{assess.Expert}",
        Move.Delegate delegation => $"delegate:{delegation.Expert}",
        Move.CallTool call => $"call_tool:{call.Tool}",
        Move.Verify verify => $"verify:{verify.ObservationId}",
        Move.Finish finish => $"finish:{finish.ObservationId}",
        Move.Refuse refuse => $"refuse:{refuse.Code}",
        _ => throw new InvalidOperationException("A move of an unknown kind."),
    }));

    [LoggerMessage(1, LogLevel.Warning, "The policy {Policy} failed to decide; {Fallback} decides instead of it")]
    private partial void LogFailed(Exception error, string policy, string fallback);
}
