using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary>Tenants and their keys.</summary>
internal sealed class TenantEndpoints(ITenantStore store, ApiKeyIssuer issuer, TimeProvider time)
{
    public async Task ListAsync(HttpContext context)
    {
        var tenants = await store.ListTenantsAsync(context.RequestAborted);
        await AdminBody.WriteAsync(context, new TenantListResponse([.. tenants.Select(Show)]), AdminJson.Default.TenantListResponse);
    }

    public async Task CreateAsync(HttpContext context)
    {
        var request = await AdminBody.ReadAsync(context, AdminJson.Default.TenantRequest);
        if (request.Id is not { } id || !Tenant.IsValidId(id))
            throw OrchestraException.Invalid("id", "A tenant's id has 1 to 64 of a-z, 0-9, '-' and '_'.");
        if (request.Name is { Length: > 200 })
            throw OrchestraException.Invalid("name", "A tenant's name has at most 200 characters.");
        var tenant = new Tenant(id, request.Name ?? id, time.GetUtcNow());
        if (!await store.AddTenantAsync(tenant, context.RequestAborted))
            throw new OrchestraException(ErrorCode.Conflict, 409, $"There is a tenant '{tenant.Id}' already. Choose another id.") { Param = "id" };
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
        var key = await issuer.IssueAsync(tenant.Id, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await AdminBody.WriteAsync(context, new KeyResponse(key), AdminJson.Default.KeyResponse, StatusCodes.Status201Created);
    }

    /// <summary>The tenant that the path names; throws 404 where there is none.</summary>
    public static async Task<Tenant> FindAsync(ITenantStore store, HttpContext context)
    {
        var id = AdminBody.Route(context, "id");
        return await store.FindTenantAsync(id, context.RequestAborted)
            ?? throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such tenant. GET /admin/tenants lists them; POST /admin/tenants creates one.");
    }

    private static TenantResponse Show(Tenant tenant) => new(tenant.Id, tenant.Name, tenant.CreatedAt);
}
