using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Grains.Messages;

/// <summary>A <see cref="BudgetState"/> on its way to another silo; money in nano-dollars.</summary>
[GenerateSerializer, Immutable, Alias("orchestra.budget-state")]
public sealed record BudgetStateMessage
{
    /// <summary>The scope as text, such as <c>team:ID</c>.</summary>
    [Id(0)]
    public required string Scope { get; init; }

    /// <summary>The window's number.</summary>
    [Id(1)]
    public required int Window { get; init; }

    /// <summary>The hard limit with extra money.</summary>
    [Id(2)]
    public long? Limit { get; init; }

    /// <summary>The part of it that ends.</summary>
    [Id(3)]
    public long Extra { get; init; }

    /// <summary>Settled in the present window.</summary>
    [Id(4)]
    public long Spent { get; init; }

    /// <summary>Set aside for calls under way.</summary>
    [Id(5)]
    public long Reserved { get; init; }

    /// <summary>When the present window began.</summary>
    [Id(6)]
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When the present window ends.</summary>
    [Id(7)]
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Per cent of the limit at which warnings fire.</summary>
    [Id(8)]
    public int[]? WarningLines { get; init; }

    /// <summary>The hard limit as it was set.</summary>
    [Id(9)]
    public long? Base { get; init; }

    /// <summary>Each grant and raise that counts.</summary>
    [Id(10)]
    public BudgetExtraMessage[] Extras { get; init; } = [];

    /// <summary>The ledger's entry of the last change.</summary>
    [Id(11)]
    public long Version { get; init; }

    /// <summary>The message of a state.</summary>
    public static BudgetStateMessage Of(BudgetState state) => new()
    {
        Scope = state.Scope.ToString(),
        Window = state.Window.Code,
        Limit = state.Limit?.Nanos,
        Extra = state.Extra.Nanos,
        Spent = state.Spent.Nanos,
        Reserved = state.Reserved.Nanos,
        StartsAt = state.StartsAt,
        EndsAt = state.EndsAt,
        WarningLines = state.WarningLines?.ToArray(),
        Base = state.Base?.Nanos,
        Extras = [.. state.Extras.Select(extra => new BudgetExtraMessage(extra.Amount, extra.Until))],
        Version = state.Version,
    };

    /// <summary>The state again.</summary>
    public BudgetState ToState() => new(
        Messages.Scope.Parse(Scope), BudgetWindow.FromCode(Window), Amount(Limit), new Money(Extra), new Money(Spent), new Money(Reserved), StartsAt, EndsAt, WarningLines)
    {
        Base = Amount(Base),
        Extras = [.. Extras.Select(extra => new BudgetExtra(extra.AmountNanos, extra.Until))],
        Version = Version,
    };

    private static Money? Amount(long? nanos) => nanos is { } amount ? new Money(amount) : null;
}
