using Orchestra.Core.Budgets;

namespace Orchestra.Gateway.Admin;

/// <summary>What an account holds.</summary>
internal sealed record BudgetResponse(Money? LimitUsd, Money SpentUsd, Money ReservedUsd, string Window);
