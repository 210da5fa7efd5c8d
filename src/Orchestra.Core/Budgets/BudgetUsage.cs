namespace Orchestra.Core.Budgets;

/// <summary>How far the tightest budget of a payer is used up.</summary>
/// <param name="Scope">Whose budget.</param>
/// <param name="Window">Its window.</param>
/// <param name="Left">What may still be set aside.</param>
/// <param name="Pressure">0 up to the last warning line, 1 at the hard limit.</param>
public readonly record struct BudgetUsage(BudgetScope Scope, BudgetWindow Window, Money Left, double Pressure);
