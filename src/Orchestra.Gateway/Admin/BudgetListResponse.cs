using Orchestra.Core.Budgets;

namespace Orchestra.Gateway.Admin;

/// <summary>A page of a tenant's budgets, and what its account holds in all.</summary>
internal sealed record BudgetListResponse(
    string Tenant, string TimeZone, Money SpentUsd, Money ReservedUsd, long Version, IReadOnlyList<BudgetSummary> Data, bool HasMore, string? Next);
