using Microsoft.AspNetCore.Http;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary><c>/admin/tenants/{id}/budget</c>: the budget of a whole tenant; <see cref="BudgetEndpoints"/> has those of all levels.</summary>
internal sealed class TenantBudgetEndpoints(ITenantStore store, IBudgets budgets, BudgetRegistry registry, IdGenerator ids)
{
    public async Task ShowAsync(HttpContext context)
    {
        var tenant = await TenantEndpoints.FindAsync(store, context);
        var state = await budgets.GetAsync(tenant.Id, context.RequestAborted);
        await WriteAsync(context, state, state.Budgets.FirstOrDefault(budget => budget.Scope == BudgetScope.Tenant)?.Window ?? BudgetWindow.Total);
    }

    public async Task ChangeAsync(HttpContext context)
    {
        var tenant = await TenantEndpoints.FindAsync(store, context);
        var request = await AdminBody.ReadAsync(context, AdminJson.Default.BudgetRequest);
        if (request.LimitUsd < Money.Zero)
            throw OrchestraException.Invalid("limit_usd", "A limit must not be negative; null removes it.");
        var window = BudgetWindow.Total;
        if (request.Window is not null && !BudgetWindow.TryParse(request.Window, out window))
            throw OrchestraException.Invalid("window", "The window must be total, hourly, daily, weekly, monthly or rolling-Nd (N days).");
        var change = new BudgetChange.SetLimit(OperationId.Of(context, ids), BudgetScope.Tenant, window, request.LimitUsd);
        await WriteAsync(context, await registry.ChangeAsync(tenant.Id, change, AdminActor.Of(context), context.RequestAborted), window);
    }

    private static Task WriteAsync(HttpContext context, AccountState state, BudgetWindow window)
    {
        var budget = state.Find(BudgetScope.Tenant, window);
        return AdminBody.WriteAsync(
            context, new BudgetResponse(budget?.Base, budget?.Spent ?? state.Spent, state.Reserved, window.ToString()), AdminJson.Default.BudgetResponse);
    }
}
