using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary><c>/admin/teams</c>.</summary>
internal sealed class TeamEndpoints(ITenantStore store, TenantRegistry registry, ApiKeyAuthenticator authenticator, TimeProvider time)
    : PrincipalEndpoints<Team>(registry, authenticator, PrincipalJson.Default.Team, ["tenant"], PrincipalFields.Names)
{
    public async Task CreateAsync(HttpContext context)
    {
        var fields = await BodyFields.ReadAsync(context, ["tenant", "id", .. PrincipalFields.Names]);
        var id = fields.Text("id", string.Empty);
        await AddAsync(context, Apply(new Team(id, fields.Text("tenant", string.Empty), id, Moment.Now(time)), fields));
    }

    protected override async Task<Team> FindAsync(HttpContext context, bool deleted, CancellationToken ct)
    {
        var tenant = await store.FindTenantAsync(AdminBody.Route(context, "tenant"), ct);
        var team = tenant is null ? null : await store.FindTeamAsync(tenant.Id, AdminBody.Route(context, "id"), ct);
        return team is not null && (deleted || !(team.IsDeleted || tenant!.IsDeleted))
            ? team
            : throw new OrchestraException(ErrorCode.NotFound, 404, "There is no such team. GET /admin/teams lists them; POST /admin/teams creates one.");
    }

    protected override Task<IReadOnlyList<Team>> ListAsync(PrincipalFilter filter, CancellationToken ct) => store.ListTeamsAsync(filter, ct);
}
