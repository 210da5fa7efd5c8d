using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestra.Core.Tenants;
using Orchestra.Gateway.Authentication;
using Orchestra.Gateway.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>Everything under <c>/admin</c>, behind the admin key.</summary>
internal sealed class AdminEndpoints(
    AdminKey adminKey, TenantEndpoints tenants, TeamEndpoints teams, UserEndpoints users, KeyEndpoints keys, AuditEndpoints audit, BudgetEndpoints budgets,
    TenantBudgetEndpoints tenantBudgets, LedgerEndpoints ledger, SpendEndpoints spend, TrajectoryEndpoints trajectories, PolicyEndpoints policies)
{
    /// <summary>Maps the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes, ErrorBoundary boundary)
    {
        MapPrincipals("/admin/tenants", "/{id}", tenants, tenants.CreateAsync);
        MapPrincipals("/admin/teams", "/{tenant}/{id}", teams, teams.CreateAsync);
        MapPrincipals("/admin/users", "/{tenant}/{id}", users, users.CreateAsync);
        MapPrincipals("/admin/keys", "/{id}", keys, keys.CreateAsync);
        routes.MapPost("/admin/keys/{id}/rotate", Guarded(keys.RotateAsync));
        routes.MapPost("/admin/tenants/{id}/keys", Guarded(keys.CreateOfTenantAsync));
        routes.MapGet("/admin/audit", Guarded(audit.ListAsync));
        routes.MapGet("/admin/tenants/{id}/budget", Guarded(tenantBudgets.ShowAsync));
        routes.MapPut("/admin/tenants/{id}/budget", Guarded(tenantBudgets.ChangeAsync));
        MapBudgets("/admin/budgets/{tenant}/{scope}/{window}");
        routes.MapGet("/admin/ledger", Guarded(ledger.ListAsync));
        routes.MapGet("/admin/spend", Guarded(spend.ShowAsync));
        routes.MapGet("/admin/trajectories/{id}", Guarded(trajectories.ShowAsync));
        routes.MapGet("/admin/policies", Guarded(policies.ListAsync));
        routes.MapPut("/admin/policies", Guarded(policies.AddAsync));
        routes.MapGet("/admin/policies/rollout", Guarded(policies.ShowAsync));
        routes.MapPost("/admin/policies/rollback", Guarded(policies.RollBackAsync));
        routes.MapPost("/admin/policies/{id}/shadow", Guarded(policies.ShadowAsync));
        routes.MapPost("/admin/policies/{id}/canary", Guarded(policies.CanaryAsync));
        routes.MapPost("/admin/policies/{id}/promote", Guarded(policies.PromoteAsync));

        void MapPrincipals<T>(string list, string one, PrincipalEndpoints<T> endpoints, RequestDelegate create)
            where T : Principal
        {
            routes.MapGet(list, Guarded(endpoints.ListAsync));
            routes.MapPost(list, Guarded(create));
            routes.MapGet(list + one, Guarded(endpoints.ShowAsync));
            routes.MapPatch(list + one, Guarded(endpoints.ChangeAsync));
            routes.MapDelete(list + one, Guarded(endpoints.DeleteAsync));
        }

        void MapBudgets(string one)
        {
            routes.MapGet("/admin/budgets", Guarded(budgets.ListAsync));
            routes.MapPut("/admin/budgets/{tenant}/time_zone", Guarded(budgets.SetTimeZoneAsync));
            routes.MapGet(one, Guarded(budgets.ShowAsync));
            routes.MapPut(one, Guarded(budgets.SetAsync));
            routes.MapDelete(one, Guarded(budgets.RemoveAsync));
            routes.MapPost(one + "/grant", Guarded(budgets.GrantAsync));
            routes.MapPost(one + "/raise", Guarded(budgets.RaiseAsync));
            routes.MapPost(one + "/reset", Guarded(budgets.ResetAsync));
        }

        RequestDelegate Guarded(RequestDelegate endpoint) => boundary.Around(context =>
        {
            if (BearerToken.Of(context.Request) is not { } token || !adminKey.Matches(token))
                throw BearerToken.Refused("admin key", "it is the value of ORCHESTRA_ADMIN_KEY, or what the node printed at its first start");
            context.Features.Set(new AdminActor(adminKey.Fingerprint));
            return endpoint(context);
        });
    }
}
