using Orchestra.Core.Errors;

namespace Orchestra.Core.Budgets;

/// <summary>A budget does not cover a call: nothing was reserved and nothing was called.</summary>
/// <param name="budget">The budget that refused, with the least left of those that did.</param>
/// <param name="asked">What the call needed.</param>
public sealed class InsufficientQuotaException(BudgetState budget, Money asked) : OrchestraException(
    ErrorCode.InsufficientQuota, 429,
    $"The {budget.Scope.Level.ToString().ToLowerInvariant()}'s {budget.Window} budget of ${budget.Limit} does not cover this call: ${budget.Spent} is spent, " +
    $"${budget.Reserved} is held by calls under way, and the call needs ${asked}. Raise the budget{Wait(budget)}, or ask for fewer tokens.")
{
    /// <summary>The budget that refused.</summary>
    public BudgetState Budget { get; } = budget;

    /// <summary>What the call needed.</summary>
    public Money Asked { get; } = asked;

    /// <summary>What may still be set aside; never negative.</summary>
    public Money Available { get; } = Money.Larger(Money.Zero, budget.Available ?? Money.Max);

    private static string Wait(BudgetState budget) => budget.EndsAt is { } end ? $", wait until {end:yyyy-MM-dd HH:mm} UTC" : string.Empty;
}
