using Orchestra.Core.Budgets;

namespace Orchestra.Gateway.Budgets;

/// <summary>What a key is held to: the budgets and rate limits of its tenant, team and user, and its own.</summary>
internal sealed record OwnBudgetResponse(
    string Tenant, string? Team, string? User, string Key, string TimeZone, IReadOnlyList<BudgetSummary> Budgets, IReadOnlyList<RateLimitResponse> RateLimits);
