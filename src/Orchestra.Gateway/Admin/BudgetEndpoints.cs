using Microsoft.AspNetCore.Http;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary><c>/admin/budgets</c>: every budget of a tenant, its teams, users and keys.</summary>
internal sealed class BudgetEndpoints(IBudgets budgets, BudgetRegistry registry, IdGenerator ids)
{
    private const int LongestZone = 64;

    public async Task ListAsync(HttpContext context)
    {
        var query = QueryFields.Read(context, "tenant", "scope", "limit", "after");
        var tenant = await registry.FindTenantAsync(query.Text("tenant") ?? throw OrchestraException.Invalid("tenant", "Say whose budgets: ?tenant=ID."), context.RequestAborted);
        var state = query.Text("scope") is { } text
            ? await OfScopeAsync(tenant.Id, BudgetPath.Scope(text), context.RequestAborted)
            : await budgets.GetAsync(tenant.Id, context.RequestAborted);
        var page = BudgetCursor.After(state.Budgets, query.Text("after")).Take(query.Limit + 1).ToList();
        var hasMore = page.Count > query.Limit;
        if (hasMore)
            page.RemoveAt(query.Limit);
        EntityTag.Write(context, state.BudgetsVersion);
        await AdminBody.WriteAsync(
            context,
            new BudgetListResponse(
                tenant.Id, state.TimeZone, state.Spent, state.Reserved, state.BudgetsVersion, [.. page.Select(budget => BudgetSummary.Of(tenant.Id, budget))], hasMore,
                hasMore ? BudgetCursor.Of(page[^1]) : null),
            AdminJson.Default.BudgetListResponse);
    }

    public async Task ShowAsync(HttpContext context)
    {
        var (tenant, scope, window) = await PathAsync(context);
        await WriteAsync(context, await registry.GetAsync(tenant, scope, context.RequestAborted), scope, window);
    }

    public async Task SetAsync(HttpContext context)
    {
        var (tenant, scope, window) = await PathAsync(context);
        var fields = await BodyFields.ReadAsync(context, "limit_usd", "warn_at", "currency");
        await ChangeAsync(context, tenant, scope, window, id => new BudgetChange.SetLimit(id, scope, window, fields.Amount("limit_usd"), fields.Numbers("warn_at")));
    }

    public async Task RemoveAsync(HttpContext context)
    {
        var (tenant, scope, window) = await PathAsync(context);
        await ChangeAsync(context, tenant, id => new BudgetChange.Remove(id, scope, window));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public async Task GrantAsync(HttpContext context)
    {
        var (tenant, scope, window) = await PathAsync(context);
        var fields = await BodyFields.ReadAsync(context, "amount_usd", "currency");
        await ChangeAsync(context, tenant, scope, window, id => new BudgetChange.Grant(id, scope, window, More(fields)));
    }

    public async Task RaiseAsync(HttpContext context)
    {
        var (tenant, scope, window) = await PathAsync(context);
        var fields = await BodyFields.ReadAsync(context, "amount_usd", "until", "currency");
        var state = await registry.GetAsync(tenant, scope, context.RequestAborted);
        await ChangeAsync(context, tenant, scope, window, id => new BudgetChange.Raise(id, scope, window, More(fields), RaiseEnd.Read(fields, state.TimeZone)));
    }

    public async Task ResetAsync(HttpContext context)
    {
        var (tenant, scope, window) = await PathAsync(context);
        await BodyFields.ReadAsync(context);
        await ChangeAsync(context, tenant, scope, window, id => new BudgetChange.Reset(id, scope, window));
    }

    public async Task SetTimeZoneAsync(HttpContext context)
    {
        var tenant = await registry.FindTenantAsync(AdminBody.Route(context, "tenant"), context.RequestAborted);
        var fields = await BodyFields.ReadAsync(context, "time_zone");
        var zone = fields.Text("time_zone", string.Empty);
        // Zones are files: nothing that leads to another one is looked for.
        if (zone.Length is 0 or > LongestZone || !zone.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+'))
            throw OrchestraException.Invalid("time_zone", "Give the IANA name of a time zone, such as Europe/Berlin or UTC.");
        var state = await ChangeAsync(context, tenant.Id, id => new BudgetChange.SetTimeZone(id, zone));
        EntityTag.Write(context, state.BudgetsVersion);
        await AdminBody.WriteAsync(context, new TimeZoneResponse(tenant.Id, state.TimeZone, state.BudgetsVersion), AdminJson.Default.TimeZoneResponse);
    }

    private static Money More(BodyFields fields) => fields.Amount("amount_usd") is { IsZero: false } amount
        ? amount
        : throw OrchestraException.Invalid("amount_usd", "The amount must be more than zero: it is added to the limit.");

    private static Task WriteAsync(HttpContext context, AccountState state, BudgetScope scope, BudgetWindow window)
    {
        var budget = state.Find(scope, window)
            ?? throw new OrchestraException(ErrorCode.NotFound, 404, "There is no limit for this scope and window. PUT sets one; GET /admin/budgets?tenant=ID lists those that there are.");
        EntityTag.Write(context, budget.Version);
        return AdminBody.WriteAsync(context, BudgetSummary.Of(state.TenantId, budget), BudgetJson.Default.BudgetSummary);
    }

    private async Task<(string Tenant, BudgetScope Scope, BudgetWindow Window)> PathAsync(HttpContext context)
    {
        var (scope, window) = (BudgetPath.ScopeOf(context), BudgetPath.WindowOf(context));
        return ((await registry.FindTenantAsync(AdminBody.Route(context, "tenant"), context.RequestAborted)).Id, scope, window);
    }

    private async Task ChangeAsync(HttpContext context, string tenant, BudgetScope scope, BudgetWindow window, Func<string, BudgetChange> change) =>
        await WriteAsync(context, await ChangeAsync(context, tenant, change), scope, window);

    private Task<AccountState> ChangeAsync(HttpContext context, string tenant, Func<string, BudgetChange> change) => registry.ChangeAsync(
        tenant, change(OperationId.Of(context, ids)) with { ExpectedVersion = EntityTag.IfMatch(context) }, AdminActor.Of(context), context.RequestAborted);

    /// <summary>The budgets of one scope alone, without the tenant's own that an account's payer has as well.</summary>
    private async Task<AccountState> OfScopeAsync(string tenant, BudgetScope scope, CancellationToken ct)
    {
        var state = await registry.GetAsync(tenant, scope, ct);
        return state with { Budgets = [.. state.Budgets.Where(budget => budget.Scope == scope)] };
    }
}
