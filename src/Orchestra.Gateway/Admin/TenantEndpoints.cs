using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary><c>/admin/tenants</c>.</summary>
internal sealed class TenantEndpoints(ITenantStore store, TenantRegistry registry, ApiKeyAuthenticator authenticator, TimeProvider time)
    : PrincipalEndpoints<Tenant>(registry, authenticator, PrincipalJson.Default.Tenant, [], PrincipalFields.Names)
{
    public async Task CreateAsync(HttpContext context)
    {
        var fields = await BodyFields.ReadAsync(context, ["id", .. PrincipalFields.Names]);
        var id = fields.Text("id", string.Empty);
        await AddAsync(context, Apply(new Tenant(id, id, Moment.Now(time)), fields));
    }

    /// <summary>The tenant that the path names; throws 404 where there is none.</summary>
    public static Task<Tenant> FindAsync(ITenantStore store, HttpContext context) => FindAsync(store, context, deleted: false, context.RequestAborted);

    protected override Task<Tenant> FindAsync(HttpContext context, bool deleted, CancellationToken ct) => FindAsync(store, context, deleted, ct);

    protected override Task<IReadOnlyList<Tenant>> ListAsync(PrincipalFilter filter, CancellationToken ct) => store.ListTenantsAsync(filter, ct);

    private static async Task<Tenant> FindAsync(ITenantStore store, HttpContext context, bool deleted, CancellationToken ct) =>
        await store.FindTenantAsync(AdminBody.Route(context, "id"), ct) is { } tenant && (deleted || !tenant.IsDeleted)
            ? tenant
            : throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such tenant. GET /admin/tenants lists them; POST /admin/tenants creates one.");
}
