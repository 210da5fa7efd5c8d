using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary>Tenants and their keys.</summary>
internal sealed class TenantEndpoints(ITenantStore store, TenantRegistry registry, ApiKeyIssuer issuer, TimeProvider time)
{
    public async Task ListAsync(HttpContext context)
    {
        var tenants = await store.ListTenantsAsync(new PrincipalFilter { Limit = 1000 }, context.RequestAborted);
        await AdminBody.WriteAsync(context, new TenantListResponse([.. tenants.Select(Show)]), AdminJson.Default.TenantListResponse);
    }

    public async Task CreateAsync(HttpContext context)
    {
        var request = await AdminBody.ReadAsync(context, AdminJson.Default.TenantRequest);
        var tenant = new Tenant(request.Id ?? string.Empty, request.Name ?? request.Id ?? string.Empty, Moment.Now(time));
        await registry.AddAsync(tenant, AdminActor.Of(context), context.RequestAborted);
        await AdminBody.WriteAsync(context, Show(tenant), AdminJson.Default.TenantResponse, StatusCodes.Status201Created);
    }

    public async Task ShowAsync(HttpContext context)
    {
        var tenant = await FindAsync(store, context);
        await AdminBody.WriteAsync(context, Show(tenant), AdminJson.Default.TenantResponse);
    }

    public async Task CreateKeyAsync(HttpContext context)
    {
        var tenant = await FindAsync(store, context);
        var key = await issuer.IssueAsync(tenant.Id, AdminActor.Of(context), context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await AdminBody.WriteAsync(context, new KeyResponse(key.Text), AdminJson.Default.KeyResponse, StatusCodes.Status201Created);
    }

    /// <summary>The tenant that the path names; throws 404 where there is none.</summary>
    public static async Task<Tenant> FindAsync(ITenantStore store, HttpContext context)
    {
        var id = AdminBody.Route(context, "id");
        return await store.FindTenantAsync(id, context.RequestAborted) is { IsDeleted: false } tenant
            ? tenant
            : throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such tenant. GET /admin/tenants lists them; POST /admin/tenants creates one.");
    }

    private static TenantResponse Show(Tenant tenant) => new(tenant.Id, tenant.Name, tenant.CreatedAt);
}
