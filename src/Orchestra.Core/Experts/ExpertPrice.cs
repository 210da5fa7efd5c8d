using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts;

/// <summary>What an expert charges; the parts add up.</summary>
/// <param name="InputPerMillion">For a million prompt tokens.</param>
/// <param name="OutputPerMillion">For a million completion tokens.</param>
/// <param name="PerCall">For each call.</param>
public readonly record struct ExpertPrice(Money InputPerMillion, Money OutputPerMillion, Money PerCall)
{
    /// <summary>Nothing is charged.</summary>
    public static readonly ExpertPrice Free;

    /// <summary>Whether nothing is ever charged.</summary>
    public bool IsFree => InputPerMillion.IsZero && OutputPerMillion.IsZero && PerCall.IsZero;

    /// <summary>The cost of a call, rounded up to a whole nano-dollar and never below zero; <see cref="Money.Max"/> where it does not fit.</summary>
    public Money CostOf(long inputTokens, long outputTokens)
    {
        // An upstream that reports fewer than no tokens must not earn its caller money.
        var millionths = ((Int128)Math.Max(0, inputTokens) * InputPerMillion.Nanos) + ((Int128)Math.Max(0, outputTokens) * OutputPerMillion.Nanos);
        var nanos = ((millionths + 999_999) / 1_000_000) + PerCall.Nanos;
        return nanos > long.MaxValue ? Money.Max : new Money((long)Int128.Max(0, nanos));
    }

    /// <summary>The cost of a call, rounded up to a whole nano-dollar.</summary>
    public Money CostOf(TokenUsage usage) => CostOf(usage.Input, usage.Output);
}
