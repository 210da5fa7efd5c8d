using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conversations;

/// <summary>
/// The money side of one call of an expert: opened by a reservation before the call leaves, closed by exactly one settlement after it. Ending it again
/// changes nothing and tells what was billed. A free expert's tab holds nothing and writes nothing.
/// </summary>
internal sealed class Tab : IDisposable
{
    private readonly IBudgets _budgets;
    private readonly IdGenerator _ids;
    private readonly int _slice;
    private Reservation? _reservation;
    private long _coveredTokens;
    private bool _wasRefused;
    private Money _billed;

    private Tab(IBudgets budgets, IdGenerator ids, int slice, CallQuote quote)
    {
        _budgets = budgets;
        _ids = ids;
        _slice = slice;
        Quote = quote;
    }

    /// <summary>What the call may cost; its output is fewer tokens than asked where the budget does not cover more.</summary>
    public CallQuote Quote { get; private set; }

    /// <summary>
    /// Sets money aside: for a call that <paramref name="grows"/> the prompt and one slice of output, otherwise the most that it can cost; where the
    /// budget does not cover that, as much output as it covers. Throws <see cref="InsufficientQuotaException"/> where that is not worth a call.
    /// </summary>
    public static async Task<Tab> OpenAsync(ConversationParts parts, Query query, string trajectoryId, ExpertDescriptor expert, CallQuote quote, bool grows, CancellationToken ct)
    {
        var tab = new Tab(parts.Budgets, parts.Ids, parts.Limits.OutputSlice, quote);
        if (quote.Price.IsFree)
            return tab;
        tab._coveredTokens = grows ? Math.Min(tab._slice, quote.OutputTokens) : quote.OutputTokens;
        var reservation = new Reservation(
            parts.Ids.Next("res_"), query.Caller.Payer, expert.Name, trajectoryId, quote.Upto(tab._coveredTokens));
        try
        {
            await parts.Budgets.ReserveAsync(reservation, ct);
        }
        catch (InsufficientQuotaException refusal) when (quote.Within(refusal.Available) is { } smaller)
        {
            tab.Quote = grows ? quote : smaller;
            tab._coveredTokens = Math.Min(tab._coveredTokens, smaller.OutputTokens);
            reservation = reservation with { Id = parts.Ids.Next("res_"), Amount = quote.Upto(tab._coveredTokens) };
            await parts.Budgets.ReserveAsync(reservation, ct);
        }

        tab._reservation = reservation;
        return tab;
    }

    /// <summary>
    /// Whether this many output tokens, of all choices, come so close to what is covered that the call needs more. Where more was refused already, it is
    /// not asked for again until all is used up: the ledger would have to answer at every token.
    /// </summary>
    public bool NeedsMore(long outputTokens) => IsBeyond(IsWhole || _wasRefused ? outputTokens : outputTokens + (_slice / 8));

    /// <summary>Whether the stream may not go on behind this many output tokens, of all choices, unless the reservation grows.</summary>
    public bool IsBeyond(long outputTokens) => _reservation is not null && (IsWhole ? outputTokens > Covered : outputTokens >= Covered);

    /// <summary>
    /// Whether this many output tokens, of all choices, are so many more than the expert was told to give that, whatever estimates are worth, it
    /// does not keep to its limit.
    /// </summary>
    public bool IsRunaway(long outputTokens) => _reservation is not null && outputTokens > (2L * Quote.OutputTokens * Quote.Choices) + _slice;

    /// <summary>
    /// Grows the reservation by a slice, or by more where this many output tokens need it, or by what is left where the budget covers no slice; false
    /// where that is not worth it. It grows beyond the limit that the expert was told, too: what the expert gives is charged for, whether it keeps to
    /// its limit or not.
    /// </summary>
    public async Task<bool> GrowAsync(long outputTokens, CancellationToken ct)
    {
        var least = (outputTokens / Quote.Choices) + 1;
        var covered = Math.Max(least, IsWhole ? _coveredTokens + _slice : Math.Min(_coveredTokens + _slice, Quote.OutputTokens));
        var refusal = await TryCoverAsync(covered, ct);
        _wasRefused = refusal is not null;
        if (refusal is null)
            return true;
        var held = _reservation!.Amount;
        if (IsWhole || Quote.TokensWithin(held + Money.Min(refusal.Available, Money.Max - held)) is not { } rest)
            return false;
        return rest >= least && CallQuote.IsWorthwhile(rest - _coveredTokens, Quote.OutputTokens - _coveredTokens) && await TryCoverAsync(rest, ct) is null;
    }

    /// <summary>Ends the tab with the usage of a call that answered.</summary>
    /// <returns>What the call cost.</returns>
    public Money Settle(TokenUsage usage) => Settle(Quote.Price.CostOf(usage));

    /// <summary>
    /// Ends the tab of a stream that was stopped because the budget covers no more: what came last in one piece may lie beyond that, and is nobody's
    /// debt as long as only an estimate says so.
    /// </summary>
    /// <returns>What is billed.</returns>
    public Money SettleCovered(TokenUsage usage) => Settle(Money.Min(Quote.Price.CostOf(usage), _reservation?.Amount ?? Money.Zero));

    /// <summary>Ends the tab of a call that gave no complete answer but may have been charged: the prompt and one slice of output, never more than is held.</summary>
    /// <returns>What is billed.</returns>
    public Money SettleUnknown() => Settle(Money.Min(Quote.Upto(_slice), _reservation?.Amount ?? Money.Zero));

    /// <summary>Ends the tab of a call that was not charged.</summary>
    /// <returns>What is billed: nothing, unless the tab had been ended before.</returns>
    public Money Release() => Settle(Money.Zero);

    /// <summary>Ends a tab that nothing else has ended, as one of a call that may have been charged.</summary>
    public void Dispose() => SettleUnknown();

    private long Covered => _coveredTokens * Quote.Choices;

    /// <summary>Whether all is covered that the expert was told to give at most.</summary>
    private bool IsWhole => _coveredTokens >= Quote.OutputTokens;

    private async Task<InsufficientQuotaException?> TryCoverAsync(long tokens, CancellationToken ct)
    {
        try
        {
            _reservation = await _budgets.ExtendAsync(_reservation!, _ids.Next("ext_"), CostUpto(tokens) - CostUpto(_coveredTokens), ct);
            _coveredTokens = tokens;
            return null;
        }
        catch (InsufficientQuotaException refusal)
        {
            return refusal;
        }
    }

    private Money CostUpto(long outputTokens) => Quote.Price.CostOf(Quote.PromptTokens, outputTokens * Quote.Choices);

    private Money Settle(Money cost)
    {
        if (_reservation is not { } reservation)
            return _billed;
        _reservation = null;
        // Where the budget covers no more, what was used beyond it is the ledger's to note, and not billed.
        _billed = _wasRefused ? Money.Min(cost, reservation.Amount) : cost;

        // Not awaited: the budgets own the operation and flush it at shutdown, so that an answer does not wait for its settlement.
        _ = _budgets.SettleAsync(reservation, cost);
        return _billed;
    }
}
