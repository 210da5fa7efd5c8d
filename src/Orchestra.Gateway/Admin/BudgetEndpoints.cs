using Microsoft.AspNetCore.Http;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Admin;

/// <summary>Tenants' budgets.</summary>
internal sealed class BudgetEndpoints(ITenantStore store, IBudgets budgets)
{
    public async Task ShowAsync(HttpContext context)
    {
        var tenant = await TenantEndpoints.FindAsync(store, context);
        await WriteAsync(context, await budgets.GetAsync(tenant.Id, context.RequestAborted));
    }

    public async Task ChangeAsync(HttpContext context)
    {
        var tenant = await TenantEndpoints.FindAsync(store, context);
        var request = await AdminBody.ReadAsync(context, AdminJson.Default.BudgetRequest);
        if (request.LimitUsd < Money.Zero)
            throw OrchestraException.Invalid("limit_usd", "A limit must not be negative; null removes it.");
        var window = request.Window switch
        {
            null or "total" => BudgetWindow.Total,
            "daily" => BudgetWindow.Daily,
            "monthly" => BudgetWindow.Monthly,
            _ => throw OrchestraException.Invalid("window", "The window must be total, daily or monthly."),
        };
        await WriteAsync(context, await budgets.SetLimitAsync(tenant.Id, request.LimitUsd, window, context.RequestAborted));
    }

    private static Task WriteAsync(HttpContext context, BudgetState state) => AdminBody.WriteAsync(
        context,
        new BudgetResponse(state.Limit, state.Spent, state.Reserved, state.Window.ToString().ToLowerInvariant()),
        AdminJson.Default.BudgetResponse);
}
