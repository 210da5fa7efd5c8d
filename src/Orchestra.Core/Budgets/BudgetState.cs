using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets;

/// <summary>What one budget of an account holds at one moment.</summary>
/// <param name="Scope">Whose money it limits.</param>
/// <param name="Window">The window that it covers.</param>
/// <param name="Limit">The hard limit now, extra money included; null where there is none.</param>
/// <param name="Extra">The part of the limit that was granted or raised and ends with the window or at a date.</param>
/// <param name="Spent">Settled in the present window.</param>
/// <param name="Reserved">Set aside for calls under way.</param>
/// <param name="StartsAt">When the present window began; null where it covers all time.</param>
/// <param name="EndsAt">When the present window ends; null where it never does, or slides.</param>
/// <param name="WarningLines">Per cent of the limit at which warnings fire; null for the installation's.</param>
public sealed record BudgetState(
    BudgetScope Scope, BudgetWindow Window, Money? Limit, Money Extra, Money Spent, Money Reserved, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt,
    IReadOnlyList<int>? WarningLines)
{
    /// <summary>The hard limit as it was set, without extra money; null where there is none.</summary>
    public Money? Base { get; init; }

    /// <summary>Each grant and raise that counts now.</summary>
    public IReadOnlyList<BudgetExtra> Extras { get; init; } = [];

    /// <summary>The ledger's entry in which people changed the budget last; 0 for never.</summary>
    public long Version { get; init; }

    /// <summary>What may still be set aside; null where there is no limit. Negative where a limit was set below what is spent.</summary>
    public Money? Available => Limit is { } limit ? new Money((long)Int128.Max((Int128)limit.Nanos - Spent.Nanos - Reserved.Nanos, long.MinValue)) : null;
}
