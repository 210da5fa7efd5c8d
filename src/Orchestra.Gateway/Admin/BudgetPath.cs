using Microsoft.AspNetCore.Http;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>The scope and window of a budget, as paths and queries name them.</summary>
internal static class BudgetPath
{
    /// <summary>The path's scope.</summary>
    public static BudgetScope ScopeOf(HttpContext context) => Scope(AdminBody.Route(context, "scope"));

    /// <summary>The path's window.</summary>
    public static BudgetWindow WindowOf(HttpContext context) => BudgetWindow.TryParse(AdminBody.Route(context, "window"), out var window)
        ? window
        : throw OrchestraException.Invalid("window", $"The window is total, hourly, daily, weekly, monthly or rolling-Nd, where N is from 1 to {BudgetWindow.MostDays} days.");

    /// <summary>Reads a scope.</summary>
    public static BudgetScope Scope(string text) => BudgetScope.TryParse(text, out var scope)
        ? scope
        : throw OrchestraException.Invalid("scope", "The scope is tenant, team:ID, user:ID or key:ID.");
}
