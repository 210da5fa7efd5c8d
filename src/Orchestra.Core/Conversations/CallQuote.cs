using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conversations;

/// <summary>What one call of an expert may cost, worked out before money is reserved.</summary>
internal readonly record struct CallQuote
{
    /// <summary>Output tokens below which a call that the budget does not fully cover is not worth making.</summary>
    private const int FewestTokens = 16;

    private CallQuote(ExpertPrice price, long promptTokens, long likelyPromptTokens, int outputTokens, int choices)
    {
        Price = price;
        PromptTokens = promptTokens;
        LikelyPromptTokens = likelyPromptTokens;
        OutputTokens = outputTokens;
        Choices = choices;
    }

    /// <summary>The expert's price.</summary>
    public ExpertPrice Price { get; }

    /// <summary>Prompt tokens to reserve for.</summary>
    public long PromptTokens { get; }

    /// <summary>Prompt tokens that there likely are, to bill where nobody has counted; never more than are reserved for.</summary>
    public long LikelyPromptTokens { get; }

    /// <summary>Output tokens that the call may have at most, each choice.</summary>
    public int OutputTokens { get; }

    /// <summary>Number of choices.</summary>
    public int Choices { get; }

    /// <summary>The most that the call can cost.</summary>
    public Money Most => Upto(OutputTokens);

    /// <summary>What the call costs with this many output tokens in each choice.</summary>
    public Money Upto(long outputTokens) => Price.CostOf(PromptTokens, Math.Min(outputTokens, OutputTokens) * Choices);

    /// <summary>The quote for asking an expert with these edits.</summary>
    public static CallQuote For(ExpertDescriptor expert, ChatRequest request, RequestEdits edits)
    {
        var (promptTokens, likely) = PromptTokensOf(request, edits);
        var asked = edits.MaxOutputTokens ?? request.MaxOutputTokens ?? expert.MaxOutputTokens;
        var most = Math.Min(asked, expert.MaxOutputTokens);
        // The window is shared by the tokens that there likely are; money is set aside for the most that there may be.
        if (expert.ContextWindow > 0)
            most = (int)Math.Clamp(expert.ContextWindow - likely, Math.Min(most, FewestTokens), most);
        return new CallQuote(expert.Price, promptTokens, Math.Min(likely, promptTokens), most, edits.Bare ? 1 : request.Choices);
    }

    /// <summary>The same call with as much output as this money covers; null where that is too little to be worth it.</summary>
    public CallQuote? Within(Money available) => TokensWithin(available) is { } tokens && IsWorthwhile(tokens, OutputTokens)
        ? new CallQuote(Price, PromptTokens, LikelyPromptTokens, tokens, Choices)
        : null;

    /// <summary>Output tokens of each choice that this money covers together with the prompt, no more than the call may have; null where it does not cover even that.</summary>
    public int? TokensWithin(Money available)
    {
        var fixedCost = Upto(0);
        var perMillion = (Int128)Price.OutputPerMillion.Nanos * Choices;
        if (perMillion == 0 || available <= fixedCost)
            return null;
        var tokens = (Int128)(available - fixedCost).Nanos * 1_000_000 / perMillion;
        return (int)Int128.Min(tokens, OutputTokens);
    }

    /// <summary>Whether this many output tokens are worth their while where this many are wanted.</summary>
    public static bool IsWorthwhile(long tokens, long wanted) => tokens >= Math.Min(FewestTokens, wanted);

    private static (long Ceiling, long Likely) PromptTokensOf(ChatRequest request, RequestEdits edits)
    {
        var added = SizeOf(edits.AppendMessages) + (edits.Tools is null ? default : TextSize.Of(edits.Tools));
        if (edits.ReplaceMessages is null)
            return (request.CeilingPromptTokens + TokenEstimator.Ceiling(added), request.LikelyPromptTokens + TokenEstimator.Likely(added.Bytes));
        added += SizeOf(edits.ReplaceMessages);
        return (TokenEstimator.Ceiling(added) + 16, TokenEstimator.Likely(added.Bytes));
    }

    private static TextSize SizeOf(IReadOnlyList<string> messages)
    {
        var size = default(TextSize);
        foreach (var message in messages)
            size += TextSize.Of(message);
        return size;
    }
}
