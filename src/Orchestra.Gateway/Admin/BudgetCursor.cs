using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>Pages of a tenant's budgets, in the order of the account: by level, id and window.</summary>
internal static class BudgetCursor
{
    /// <summary>Where in the list a budget stands.</summary>
    public static string Of(BudgetState budget) => $"{budget.Scope}/{budget.Window}";

    /// <summary>The budgets behind a cursor, whether or not there is one just there.</summary>
    public static IEnumerable<BudgetState> After(IEnumerable<BudgetState> budgets, string? cursor)
    {
        if (cursor is null)
            return budgets;
        var end = cursor.LastIndexOf('/');
        return end > 0 && BudgetScope.TryParse(cursor[..end], out var scope) && BudgetWindow.TryParse(cursor[(end + 1)..], out var window)
            ? budgets.SkipWhile(budget => Compare(budget, scope, window) <= 0)
            : throw OrchestraException.Invalid("after", "This is no cursor. Give what 'next' held in the page before.");
    }

    private static int Compare(BudgetState budget, BudgetScope scope, BudgetWindow window)
    {
        var levels = budget.Scope.Level.CompareTo(scope.Level);
        if (levels != 0)
            return levels;
        var ids = string.CompareOrdinal(budget.Scope.Id, scope.Id);
        return ids != 0 ? ids : budget.Window.Code.CompareTo(window.Code);
    }
}
