namespace Orchestra.Core.Budgets;

/// <summary>What a tenant's account holds at one moment.</summary>
/// <param name="TenantId">Whose account.</param>
/// <param name="Version">Entries in the tenant's ledger.</param>
/// <param name="TimeZone">The tenant's time zone, an IANA name.</param>
/// <param name="Spent">Settled in all.</param>
/// <param name="Reserved">Set aside for calls under way.</param>
/// <param name="Budgets">Every budget, by level, id and window.</param>
public sealed record AccountState(
    string TenantId, long Version, string TimeZone, Money Spent, Money Reserved, IReadOnlyList<BudgetState> Budgets)
{
    /// <summary>The ledger's entry in which people changed a budget or the time zone last; 0 for never.</summary>
    public long BudgetsVersion { get; init; }

    /// <summary>The budget of a scope and window, or null.</summary>
    public BudgetState? Find(BudgetScope scope, BudgetWindow window) => Budgets.FirstOrDefault(budget => budget.Scope == scope && budget.Window == window);
}
