namespace Orchestra.Core.Tenants;

/// <summary>One change that an operator made, as the audit log keeps it.</summary>
/// <param name="Id">The entry's id.</param>
/// <param name="At">When, in milliseconds.</param>
/// <param name="Who">The fingerprint of the admin key, or <see cref="FirstStart"/>.</param>
/// <param name="Action">What was done, such as <c>key.rotate</c>.</param>
/// <param name="TenantId">The tenant that it concerns.</param>
/// <param name="Target">What was changed: its path below <c>/admin</c>, such as <c>keys/k018f…</c>.</param>
/// <param name="Before">Its state before, as JSON without secrets and hashes; null where it was made.</param>
/// <param name="After">Its state after, as JSON without secrets and hashes; null where nothing is left.</param>
public sealed record AuditEntry(string Id, DateTimeOffset At, string Who, string Action, string TenantId, string Target, string? Before, string? After)
{
    /// <summary>Who made what an empty installation gets.</summary>
    public const string FirstStart = "first-start";

    /// <summary>The entry for a change of a tenant, team, user or key.</summary>
    public static AuditEntry Of(IdGenerator ids, TimeProvider time, string who, string verb, Principal? before, Principal after) => new(
        ids.Next("audit_"), Moment.Now(time), who, $"{after.Level}.{verb}", after.TenantId, after.Target,
        before is null ? null : PrincipalJson.Text(before), PrincipalJson.Text(after));
}
