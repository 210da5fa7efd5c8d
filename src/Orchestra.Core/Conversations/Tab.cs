using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conversations;

/// <summary>
/// The money side of one call of an expert: opened by a reservation before the call leaves, closed by exactly one settlement after it.
/// A free expert's tab holds nothing and writes nothing.
/// </summary>
internal sealed class Tab
{
    private readonly IBudgets _budgets;
    private readonly IdGenerator _ids;
    private readonly int _slice;
    private Reservation? _reservation;
    private long _coveredTokens;

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
    /// Sets money aside: for a stream the prompt and one slice of output, since it can grow; otherwise the most that the call can cost, and where
    /// the budget does not cover that, as much output as it covers. Throws <see cref="InsufficientQuotaException"/> where that is not worth a call.
    /// </summary>
    public static async Task<Tab> OpenAsync(ConversationParts parts, Query query, string trajectoryId, ExpertDescriptor expert, CallQuote quote, bool streams, CancellationToken ct)
    {
        var tab = new Tab(parts.Budgets, parts.Ids, parts.Limits.OutputSlice, quote);
        if (quote.Price.IsFree)
            return tab;
        tab._coveredTokens = streams ? Math.Min(tab._slice, quote.OutputTokens) : quote.OutputTokens;
        var reservation = new Reservation(
            parts.Ids.Next("res_"), query.Caller.TenantId, query.Caller.KeyId, expert.Name, trajectoryId, quote.Upto(tab._coveredTokens));
        try
        {
            await parts.Budgets.ReserveAsync(reservation, ct).ConfigureAwait(false);
        }
        catch (InsufficientQuotaException refusal) when (refusal.State.Limit is { } limit && quote.Within(limit - refusal.State.Spent - refusal.State.Reserved) is { } smaller)
        {
            tab.Quote = streams ? quote : smaller;
            tab._coveredTokens = Math.Min(tab._coveredTokens, smaller.OutputTokens);
            reservation = reservation with { Id = parts.Ids.Next("res_"), Amount = quote.Upto(tab._coveredTokens) };
            await parts.Budgets.ReserveAsync(reservation, ct).ConfigureAwait(false);
        }

        tab._reservation = reservation;
        return tab;
    }

    /// <summary>Whether this many output tokens come close enough to what is covered that the stream needs another slice.</summary>
    public bool NeedsMore(long outputTokens) =>
        _reservation is not null && _coveredTokens < Quote.OutputTokens && outputTokens + (_slice / 8) >= _coveredTokens;

    /// <summary>Grows the reservation by a slice; false where the budget does not allow it.</summary>
    public async Task<bool> GrowAsync(CancellationToken ct)
    {
        var covered = Math.Min(_coveredTokens + _slice, Quote.OutputTokens);
        try
        {
            _reservation = await _budgets.ExtendAsync(_reservation!, _ids.Next("ext_"), Quote.Upto(covered) - Quote.Upto(_coveredTokens), ct).ConfigureAwait(false);
            _coveredTokens = covered;
            return true;
        }
        catch (InsufficientQuotaException)
        {
            return false;
        }
    }

    /// <summary>Output tokens beyond which nothing is covered.</summary>
    public long CoveredTokens => _reservation is null ? long.MaxValue : _coveredTokens * Quote.Choices;

    /// <summary>Ends the tab with the usage of a call that answered.</summary>
    /// <returns>What the call cost.</returns>
    public Money Settle(TokenUsage usage) => Settle(Quote.Price.CostOf(usage));

    /// <summary>Ends the tab of a call that gave no complete answer but may have been charged: the prompt and one slice of output, never more than is held.</summary>
    /// <returns>What is billed.</returns>
    public Money SettleUnknown() => Settle(Money.Min(Quote.Upto(_slice), _reservation?.Amount ?? Money.Zero));

    /// <summary>Ends the tab of a call that was not charged.</summary>
    public void Release() => Settle(Money.Zero);

    private Money Settle(Money cost)
    {
        if (_reservation is not { } reservation)
            return Money.Zero;
        _reservation = null;

        // Not awaited: the budgets own the operation and flush it at shutdown, so that an answer does not wait for its settlement.
        _ = _budgets.SettleAsync(reservation, cost);
        return cost;
    }
}
