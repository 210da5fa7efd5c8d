using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary>What the endpoints of tenants, teams, users and keys share: list, show, change and delete.</summary>
/// <param name="registry">Makes the changes.</param>
/// <param name="authenticator">Remembers keys, and forgets those that a change concerns: on this host it counts at once.</param>
/// <param name="type">How one is written.</param>
/// <param name="filters">The filters of the list.</param>
/// <param name="changeable">The fields that can be changed.</param>
internal abstract class PrincipalEndpoints<T>(
    TenantRegistry registry, ApiKeyAuthenticator authenticator, JsonTypeInfo<T> type, string[] filters, string[] changeable)
    where T : Principal
{
    private readonly string[] _queryNames = [.. filters, "deleted", "limit", "after"];

    public async Task ListAsync(HttpContext context)
    {
        var query = QueryFields.Read(context, _queryNames);
        var filter = new PrincipalFilter
        {
            Tenant = query.Text("tenant"),
            Team = query.Text("team"),
            User = query.Text("user"),
            After = query.Text("after") is { } cursor ? Position(cursor) : null,
            Limit = query.Limit + 1,
            IncludeDeleted = query.Deleted,
        };
        if (filter.Tenant is null && (filter.Team ?? filter.User) is not null)
            throw OrchestraException.Invalid("tenant", "Give the tenant too: teams and users of two tenants may have the same id.");
        await PageResponse.WriteAsync(context, await ListAsync(filter, context.RequestAborted), query.Limit, Cursor, type);
    }

    public async Task ShowAsync(HttpContext context)
    {
        var query = QueryFields.Read(context, "deleted");
        await WriteAsync(context, await FindAsync(context, query.Deleted, context.RequestAborted));
    }

    public async Task ChangeAsync(HttpContext context)
    {
        var fields = await BodyFields.ReadAsync(context, changeable);
        var changed = await registry.ChangeAsync(
            ct => FindAsync(context, deleted: false, ct), now => Apply(now, fields), "change", AdminActor.Of(context), EntityTag.IfMatch(context), context.RequestAborted);
        Changed(changed.Id);
        await WriteAsync(context, changed);
    }

    public async Task DeleteAsync(HttpContext context)
    {
        await registry.DeleteAsync(ct => FindAsync(context, deleted: false, ct), AdminActor.Of(context), EntityTag.IfMatch(context), context.RequestAborted);
        Changed(AdminBody.Route(context, "id"));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Adds one, and writes it as the response.</summary>
    protected async Task AddAsync(HttpContext context, T principal)
    {
        await registry.AddAsync(principal, AdminActor.Of(context), context.RequestAborted);
        await WriteAsync(context, principal, StatusCodes.Status201Created);
    }

    /// <summary>Writes one of them as the response.</summary>
    protected Task WriteAsync(HttpContext context, T principal, int status = StatusCodes.Status200OK)
    {
        EntityTag.Write(context, principal);
        return AdminBody.WriteAsync(context, principal, type, status);
    }

    /// <summary>The one that the path names; throws 404 where there is none, or a deleted one that was not asked for.</summary>
    protected abstract Task<T> FindAsync(HttpContext context, bool deleted, CancellationToken ct);

    /// <summary>A page of the list.</summary>
    protected abstract Task<IReadOnlyList<T>> ListAsync(PrincipalFilter filter, CancellationToken ct);

    /// <summary>The state with the fields that were given.</summary>
    protected virtual T Apply(T now, BodyFields fields) => PrincipalFields.Apply(now, fields);

    /// <summary>Makes a change count at once on this host.</summary>
    protected void Changed(string id)
    {
        if (typeof(T) == typeof(ApiKey))
            authenticator.Forget(id);
        else
            authenticator.ForgetAll();
    }

    /// <summary>Where in the list one stands, as <see cref="Position"/> reads it.</summary>
    private static string Cursor(T principal) => principal is Team or User ? $"{principal.TenantId}/{principal.Id}" : principal.Id;

    private static ListPosition Position(string cursor)
    {
        var hasTenant = typeof(T) == typeof(Team) || typeof(T) == typeof(User);
        var parts = hasTenant ? cursor.Split('/', 2) : [string.Empty, cursor];
        return parts.Length == 2 && (!hasTenant || Tenant.IsValidId(parts[0])) && Tenant.IsValidId(parts[1])
            ? new ListPosition(parts[0], parts[1])
            : throw OrchestraException.Invalid("after", "This is no cursor. Give what 'next' held in the page before.");
    }
}
