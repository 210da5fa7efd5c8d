using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orchestra.Core.Tenants;
using Orchestra.Gateway.Authentication;
using Orchestra.Gateway.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>Everything under <c>/admin</c>, behind the admin key.</summary>
internal sealed class AdminEndpoints(AdminKey adminKey, TenantEndpoints tenants, BudgetEndpoints budgets, TrajectoryEndpoints trajectories)
{
    /// <summary>Maps the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes, ErrorBoundary boundary)
    {
        routes.MapGet("/admin/tenants", Guarded(tenants.ListAsync));
        routes.MapPost("/admin/tenants", Guarded(tenants.CreateAsync));
        routes.MapGet("/admin/tenants/{id}", Guarded(tenants.ShowAsync));
        routes.MapPost("/admin/tenants/{id}/keys", Guarded(tenants.CreateKeyAsync));
        routes.MapGet("/admin/tenants/{id}/budget", Guarded(budgets.ShowAsync));
        routes.MapPut("/admin/tenants/{id}/budget", Guarded(budgets.ChangeAsync));
        routes.MapGet("/admin/trajectories/{id}", Guarded(trajectories.ShowAsync));

        RequestDelegate Guarded(RequestDelegate endpoint) => boundary.Around(context =>
        {
            if (BearerToken.Of(context.Request) is not { } token || !adminKey.Matches(token))
                throw BearerToken.Refused("admin key", "it is the value of ORCHESTRA_ADMIN_KEY, or what the node printed at its first start");
            context.Features.Set(new AdminActor(adminKey.Fingerprint));
            return endpoint(context);
        });
    }
}
