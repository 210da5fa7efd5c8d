using Orchestra.Core.Errors;

namespace Orchestra.Core.Budgets;

/// <summary>The tenant's budget does not cover a call: nothing was reserved and nothing was called.</summary>
/// <param name="state">The account as the refusal saw it.</param>
/// <param name="asked">What the call needed.</param>
public sealed class InsufficientQuotaException(BudgetState state, Money asked) : OrchestraException(
    ErrorCode.InsufficientQuota, 429,
    $"The tenant's {state.Window.ToString().ToLowerInvariant()} budget of ${state.Limit} does not cover this call: ${state.Spent} is spent, " +
    $"${state.Reserved} is held by calls under way, and the call needs ${asked}. Raise the budget, or ask for fewer tokens.")
{
    /// <summary>The account as the refusal saw it.</summary>
    public BudgetState State { get; } = state;

    /// <summary>What the call needed.</summary>
    public Money Asked { get; } = asked;
}
