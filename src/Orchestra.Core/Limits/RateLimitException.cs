using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Limits;

/// <summary>A tenant, team, user or key asks faster than it may.</summary>
/// <param name="scope">Whose limit it is.</param>
/// <param name="what">What is limited, such as <c>requests per minute</c>.</param>
/// <param name="limit">The limit.</param>
/// <param name="wait">How long until a retry may succeed.</param>
public sealed class RateLimitException(BudgetScope scope, string what, int limit, TimeSpan wait) : OrchestraException(
    ErrorCode.RateLimitExceeded, 429,
    $"The {scope.Level.ToString().ToLowerInvariant()}'s limit of {limit} {what} is reached. Try again in {Math.Max(0.001, wait.TotalSeconds):0.###} s, or have the limit raised.")
{
    /// <summary>Whose limit it is.</summary>
    public BudgetScope Scope { get; } = scope;
}
