using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Tests.Sqlite;

/// <summary>A tenant's account with at most one budget, in one line.</summary>
public sealed record Seen(Money? Limit, BudgetWindow Window, Money Spent, Money Reserved, long Version)
{
    public static Seen From(AccountState state) => state.Budgets is [var budget]
        ? new(budget.Limit, budget.Window, budget.Spent, state.Reserved, state.Version)
        : new(null, BudgetWindow.Total, state.Spent, state.Reserved, state.Version);
}
