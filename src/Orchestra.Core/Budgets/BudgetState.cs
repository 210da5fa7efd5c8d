namespace Orchestra.Core.Budgets;

/// <summary>What a tenant's account holds at one moment.</summary>
/// <param name="Limit">The hard limit in the window; null where there is none.</param>
/// <param name="Window">The window that the limit covers.</param>
/// <param name="Spent">Settled in the present window.</param>
/// <param name="Reserved">Set aside for calls under way.</param>
/// <param name="Version">Entries in the tenant's ledger.</param>
public sealed record BudgetState(Money? Limit, BudgetWindow Window, Money Spent, Money Reserved, long Version);
