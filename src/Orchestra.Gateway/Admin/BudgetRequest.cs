using Orchestra.Core.Budgets;

namespace Orchestra.Gateway.Admin;

/// <summary>A hard limit to set; null removes it.</summary>
internal sealed record BudgetRequest(Money? LimitUsd, string? Window = null);
