using Orchestra.Core.Budgets;

namespace Orchestra.Core.Limits;

/// <summary>How the rate limits of one tenant, team, user or key stand.</summary>
/// <param name="Scope">Whose limits.</param>
/// <param name="Requests">Requests per minute; null where nothing limits them.</param>
/// <param name="Tokens">Tokens per minute; null where nothing limits them.</param>
/// <param name="ConcurrentRequests">How many requests there may be at the same time; null where nothing limits them.</param>
/// <param name="Running">How many there are.</param>
public readonly record struct ScopeRateStatus(BudgetScope Scope, RateStatus? Requests, RateStatus? Tokens, int? ConcurrentRequests, int Running);
