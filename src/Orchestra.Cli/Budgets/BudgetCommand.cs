using System.CommandLine;

namespace Orchestra.Cli.Budgets;

/// <summary><c>orchestra budget</c>: hard limits on what tenants, teams, users and keys spend.</summary>
public static class BudgetCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("budget", "List, show, set, grant, raise, reset and remove hard limits on spending, on a node's admin API.")
    {
        BudgetViews.List(),
        BudgetViews.Show(),
        BudgetChanges.Set(),
        BudgetChanges.Grant(),
        BudgetChanges.Raise(),
        BudgetChanges.Reset(),
        BudgetChanges.Remove(),
        BudgetChanges.TimeZone(),
    };
}
