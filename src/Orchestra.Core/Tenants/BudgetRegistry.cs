using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tenants;

/// <summary>Changes the budgets of tenants, teams, users and keys that exist, and writes each change to the audit log.</summary>
public sealed class BudgetRegistry(ITenantStore store, IBudgets budgets, IAuditLog audit, TimeProvider time)
{
    private const int MostAttempts = 20;

    /// <summary>The tenant; throws 404 where there is none, or it was deleted.</summary>
    public async Task<Tenant> FindTenantAsync(string id, CancellationToken ct) => await store.FindTenantAsync(id, ct) is { IsDeleted: false } tenant
        ? tenant
        : throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such tenant. GET /admin/tenants lists them; POST /admin/tenants creates one.");

    /// <summary>The budgets of one scope of a tenant.</summary>
    public Task<AccountState> GetAsync(string tenantId, BudgetScope scope, CancellationToken ct) => budgets.GetAsync(PayerOf(tenantId, scope), ct);

    /// <summary>
    /// Makes a change and returns the account's state after it. The audit log's entry follows the ledger's: where the host dies in between, making the
    /// same change again writes it, without the state before.
    /// </summary>
    /// <param name="tenantId">Whose account, of a tenant that exists.</param>
    /// <param name="change">The change.</param>
    /// <param name="who">Who makes it, for the audit log.</param>
    /// <param name="ct">Ends the call; a change that was begun may be made all the same.</param>
    public async Task<AccountState> ChangeAsync(string tenantId, BudgetChange change, string who, CancellationToken ct)
    {
        var (scope, window, verb) = About(change);
        if (change is BudgetChange.SetLimit or BudgetChange.Grant or BudgetChange.Raise)
            await CheckAsync(tenantId, scope, ct);
        for (var attempt = 1; ; attempt++)
        {
            var before = await GetAsync(tenantId, scope, ct);
            try
            {
                // Made to what was read, so that the audit log's state before is the one that was changed.
                var after = await budgets.ChangeAsync(tenantId, change with { ExpectedVersion = change.ExpectedVersion ?? before.BudgetsVersion }, ct);
                var target = window is { } known ? $"budgets/{tenantId}/{scope}/{known}" : $"budgets/{tenantId}/time_zone";
                var isRepeated = after.BudgetsVersion == before.BudgetsVersion;
                await audit.AppendAsync(
                    new AuditEntry(
                        AuditId(tenantId, change.OperationId), Moment.Now(time), who, $"budget.{verb}", tenantId, target, isRepeated ? null : Text(before, scope, window),
                        Text(after, scope, window)),
                    ct);
                return after;
            }
            catch (OrchestraException error) when (error.Code == ErrorCode.PreconditionFailed && change.ExpectedVersion is null && attempt < MostAttempts)
            {
                // Somebody else changed it in between: this change comes after theirs.
            }
        }
    }

    private static (BudgetScope Scope, BudgetWindow? Window, string Verb) About(BudgetChange change) => change switch
    {
        BudgetChange.SetLimit { Limit: null } set => (set.Scope, set.Window, "remove"),
        BudgetChange.SetLimit set => (set.Scope, set.Window, "set"),
        BudgetChange.Remove remove => (remove.Scope, remove.Window, "remove"),
        BudgetChange.Grant grant => (grant.Scope, grant.Window, "grant"),
        BudgetChange.Raise raise => (raise.Scope, raise.Window, "raise"),
        BudgetChange.Reset reset => (reset.Scope, reset.Window, "reset"),
        _ => (BudgetScope.Tenant, null, "time_zone"),
    };

    /// <summary>The operation's own, so that a repeated operation is in the log once.</summary>
    private static string AuditId(string tenantId, string operationId) =>
        "audit_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenantId}/{operationId}")), 0, 16);

    private static string? Text(AccountState state, BudgetScope scope, BudgetWindow? window)
    {
        if (window is not { } known)
            return new JsonObject { ["time_zone"] = state.TimeZone }.ToJsonString();
        return state.Find(scope, known) is { } budget ? JsonSerializer.Serialize(BudgetSummary.Of(state.TenantId, budget), BudgetJson.Default.BudgetSummary) : null;
    }

    private static Payer PayerOf(string tenantId, BudgetScope scope) => new(
        tenantId, IdAt(scope, BudgetLevel.Team), IdAt(scope, BudgetLevel.User), IdAt(scope, BudgetLevel.Key));

    private static string IdAt(BudgetScope scope, BudgetLevel level) => scope.Level == level ? scope.Id : string.Empty;

    private async Task CheckAsync(string tenantId, BudgetScope scope, CancellationToken ct)
    {
        var exists = scope.Level switch
        {
            BudgetLevel.Team => await store.FindTeamAsync(tenantId, scope.Id, ct) is { IsDeleted: false },
            BudgetLevel.User => await store.FindUserAsync(tenantId, scope.Id, ct) is { IsDeleted: false },
            BudgetLevel.Key => await store.FindKeyAsync(scope.Id, ct) is { IsDeleted: false, Key: var key } && key.Tenant == tenantId,
            _ => true,
        };
        if (!exists)
        {
            var level = scope.Level.ToString().ToLowerInvariant();
            throw new OrchestraException(ErrorCode.NotFound, 404, $"The tenant has no such {level}. GET /admin/{level}s?tenant={tenantId} lists them.") { Param = "scope" };
        }
    }
}
