using System.Text.Json;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Tenants;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>Takes policies in and rolls them out, and writes each change to the audit log.</summary>
/// <param name="store">The policies.</param>
/// <param name="audit">The audit log.</param>
/// <param name="ids">Makes ids of entries.</param>
/// <param name="time">The clock.</param>
public sealed class PolicyRegistry(IPolicyStore store, IAuditLog audit, IdGenerator ids, TimeProvider time)
{
    private const int MostAttempts = 20;

    /// <summary>Adds a policy, unless it is there; throws 400 with code <c>invalid_policy</c> where the file is damaged or of no use to this version.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="who">Who adds it, for the audit log.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>The policy, and whether it is new.</returns>
    public async Task<(StoredPolicy Policy, bool IsNew)> AddAsync(ReadOnlyMemory<byte> file, string who, CancellationToken ct)
    {
        var policy = Policy.Parse(file.Span);
        var stored = new StoredPolicy(policy.Id, policy.Card, file.Length, Moment.Now(time));
        if (!await store.AddAsync(stored, file, ct))
            return (await store.FindAsync(policy.Id, ct) ?? stored, false);
        await AuditAsync(who, "policy.add", $"policies/{policy.Id}", null, JsonSerializer.Serialize(stored, RolloutJson.Default.StoredPolicy), ct);
        return (stored, true);
    }

    /// <summary>Lets a policy decide without effect. Throws 404 for an unknown policy and 409 for the active one.</summary>
    public async Task<PolicyRollout> ShadowAsync(string policy, string who, CancellationToken ct)
    {
        await CheckAsync(policy, ct);
        return await ChangeAsync("shadow", who, (rollout, now) => rollout.Shadow(policy, now), ct);
    }

    /// <summary>Lets a policy serve a share of the conversations, above 0 and up to 1. Throws 404 for an unknown policy and 409 for the active one.</summary>
    public async Task<PolicyRollout> CanaryAsync(string policy, double share, string who, CancellationToken ct)
    {
        await CheckAsync(policy, ct);
        return await ChangeAsync("canary", who, (rollout, now) => rollout.Canary(policy, share, now), ct);
    }

    /// <summary>Lets a policy serve everything. Throws 404 for an unknown policy and 409 for the active one.</summary>
    public async Task<PolicyRollout> PromoteAsync(string policy, string who, CancellationToken ct)
    {
        await CheckAsync(policy, ct);
        return await ChangeAsync("promote", who, (rollout, now) => rollout.Promote(policy, now), ct);
    }

    /// <summary>Takes the candidate away, or goes back to what served before. Throws 409 where there is neither.</summary>
    public Task<PolicyRollout> RollBackAsync(string who, CancellationToken ct) => ChangeAsync("rollback", who, (rollout, now) => rollout.Rollback(now), ct);

    /// <summary>Takes a canary away that is worse, unless the rollout was changed since.</summary>
    /// <param name="judged">The rollout whose canary was judged.</param>
    /// <param name="reason">Why it is worse.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>Whether this call took it away.</returns>
    public Task<bool> TryRollBackAsync(PolicyRollout judged, string reason, CancellationToken ct) =>
        TryAsync(judged, new RolloutChange(judged.Rollback(Moment.Now(time)), "rollback", RolloutChange.CanaryTest, reason), ct);

    private async Task<PolicyRollout> ChangeAsync(string action, string who, Func<PolicyRollout, DateTimeOffset, PolicyRollout> change, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var before = await store.ReadRolloutAsync(ct);
            var after = change(before, Moment.Now(time));
            if (await TryAsync(before, new RolloutChange(after, action, who, null), ct))
                return after;
        }

        throw new OrchestraException(ErrorCode.Conflict, 409, "Others change the rollout at the same time. See how it stands, and try again.");
    }

    private async Task<bool> TryAsync(PolicyRollout before, RolloutChange change, CancellationToken ct)
    {
        if (!await store.TryChangeAsync(change, ct))
            return false;
        await AuditAsync(change.Who, $"policy.{change.Action}", "policies/rollout", Text(before), Text(change.State), ct);
        return true;
    }

    private async Task CheckAsync(string policy, CancellationToken ct)
    {
        if (await store.FindAsync(policy, ct) is null)
            throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such policy. PUT /admin/policies adds one; GET /admin/policies lists them.");
    }

    private Task AuditAsync(string who, string action, string target, string? before, string after, CancellationToken ct) =>
        audit.AppendAsync(new AuditEntry(ids.Next("audit_"), Moment.Now(time), who, action, string.Empty, target, before, after), ct);

    private static string Text(PolicyRollout rollout) => JsonSerializer.Serialize(rollout, RolloutJson.Default.PolicyRollout);
}
