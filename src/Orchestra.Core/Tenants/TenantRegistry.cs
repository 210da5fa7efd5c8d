using Orchestra.Core.Errors;

namespace Orchestra.Core.Tenants;

/// <summary>Adds, changes and deletes tenants, teams, users and keys by the rules, and writes each change to the audit log.</summary>
public sealed class TenantRegistry(ITenantStore store, IdGenerator ids, TimeProvider time)
{
    private const int MostAttempts = 20;

    /// <summary>Adds a tenant, team, user or key; throws where a rule is broken, the id is taken, or somebody above it does not live.</summary>
    /// <param name="principal">What is added, in its first version.</param>
    /// <param name="who">Who adds it, for the audit log.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task AddAsync(Principal principal, string who, CancellationToken ct)
    {
        PrincipalRules.Check(principal);
        CheckExpiry(null, principal);
        await CheckOwnersAsync(principal, ct);
        if (!await store.AddAsync(principal, AuditEntry.Of(ids, time, who, "create", null, principal), ct))
        {
            throw new OrchestraException(ErrorCode.Conflict, 409, $"There is, or was, a {principal.Level} '{principal.Id}' already. Choose another id: those of deleted ones stay taken.")
            {
                Param = "id",
            };
        }
    }

    /// <summary>
    /// Changes what <paramref name="find"/> finds and returns its new state. Where somebody else changes it at the same time, the change is made
    /// on top of theirs, unless a version is given: then it is refused with 412.
    /// </summary>
    /// <param name="find">Finds the newest state; throws where there is none.</param>
    /// <param name="change">Makes the new state; may be asked more than once.</param>
    /// <param name="verb">What is done, for the audit log: <c>change</c>, <c>rotate</c>, <c>delete</c>.</param>
    /// <param name="who">Who does it, for the audit log.</param>
    /// <param name="ifVersion">The version that must be the newest; null where any is good.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task<T> ChangeAsync<T>(Func<CancellationToken, Task<T>> find, Func<T, T> change, string verb, string who, long? ifVersion, CancellationToken ct)
        where T : Principal
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var before = await find(ct);
            if (ifVersion is { } version && version != before.Version)
                throw new OrchestraException(ErrorCode.PreconditionFailed, 412, $"This {before.Level} is at version {before.Version}, not {version}: somebody else changed it. Read it again and decide anew.");
            var after = change(before) with { Version = before.Version + 1 };
            PrincipalRules.Check(after);
            CheckExpiry(before, after);
            if (await store.ChangeAsync(after, AuditEntry.Of(ids, time, who, verb, before, after), ct))
                return (T)after;
        }

        throw new OrchestraException(ErrorCode.Conflict, 409, "Others change this at the same time, again and again. Try again later.");
    }

    /// <summary>Deletes what <paramref name="find"/> finds: from then on no key under it is good. The parameters are those of <see cref="ChangeAsync"/>.</summary>
    public Task DeleteAsync<T>(Func<CancellationToken, Task<T>> find, string who, long? ifVersion, CancellationToken ct)
        where T : Principal =>
        ChangeAsync(find, before => (T)(before with { DeletedAt = Moment.Now(time) }), "delete", who, ifVersion, ct);

    private void CheckExpiry(Principal? before, Principal after)
    {
        if (after is ApiKey { ExpiresAt: { } expiry } && expiry != (before as ApiKey)?.ExpiresAt && expiry <= time.GetUtcNow())
            throw OrchestraException.Invalid("expires_at", "A key's expiry must lie in the future. To stop a key now, disable or delete it.");
    }

    private async Task CheckOwnersAsync(Principal principal, CancellationToken ct)
    {
        if (principal is Tenant)
            return;
        var tenant = principal.TenantId;
        if (await store.FindTenantAsync(tenant, ct) is not { IsDeleted: false })
            throw OrchestraException.Invalid("tenant", "There is no such tenant. GET /admin/tenants lists them; POST /admin/tenants creates one.");
        if (principal is not ApiKey key)
            return;
        if (key.Team.Length > 0 && await store.FindTeamAsync(tenant, key.Team, ct) is not { IsDeleted: false })
            throw OrchestraException.Invalid("team", $"The tenant has no such team. GET /admin/teams?tenant={tenant} lists them; POST /admin/teams creates one.");
        if (key.User.Length > 0 && await store.FindUserAsync(tenant, key.User, ct) is not { IsDeleted: false })
            throw OrchestraException.Invalid("user", $"The tenant has no such user. GET /admin/users?tenant={tenant} lists them; POST /admin/users creates one.");
    }
}
