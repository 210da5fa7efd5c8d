using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary><c>/admin/users</c>.</summary>
internal sealed class UserEndpoints(ITenantStore store, TenantRegistry registry, ApiKeyAuthenticator authenticator, TimeProvider time)
    : PrincipalEndpoints<User>(registry, authenticator, PrincipalJson.Default.User, ["tenant"], PrincipalFields.Names)
{
    public async Task CreateAsync(HttpContext context)
    {
        var fields = await BodyFields.ReadAsync(context, ["tenant", "id", .. PrincipalFields.Names]);
        var id = fields.Text("id", string.Empty);
        await AddAsync(context, Apply(new User(id, fields.Text("tenant", string.Empty), id, Moment.Now(time)), fields));
    }

    protected override async Task<User> FindAsync(HttpContext context, bool deleted, CancellationToken ct)
    {
        var tenant = await store.FindTenantAsync(AdminBody.Route(context, "tenant"), ct);
        var user = tenant is null ? null : await store.FindUserAsync(tenant.Id, AdminBody.Route(context, "id"), ct);
        return user is not null && (deleted || !(user.IsDeleted || tenant!.IsDeleted))
            ? user
            : throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such user. GET /admin/users lists them; POST /admin/users creates one.");
    }

    protected override Task<IReadOnlyList<User>> ListAsync(PrincipalFilter filter, CancellationToken ct) => store.ListUsersAsync(filter, ct);
}
