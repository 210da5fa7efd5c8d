using System.Runtime.ExceptionServices;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Conversations;

/// <summary>
/// The chunks of one paid call, whether they go on to the client or become a whole answer: what comes is counted, and the reservation grows ahead of it.
/// Disposing it bills what was used, once.
/// </summary>
internal sealed class PaidChunks(Tab tab, IAsyncEnumerator<ReplyChunk> chunks, CancellationToken client, CancellationToken ct) : IAsyncDisposable
{
    private TokenUsage? _reported;
    private long _outputTokens;
    private bool _hasBegun;
    private Exception? _error;

    /// <summary>The chunk at hand.</summary>
    public ReplyChunk Current => chunks.Current;

    /// <summary>Why Orchestra ended the call: <c>insufficient_quota</c>, <c>deadline</c> or <c>max_tokens</c>; null where it did not.</summary>
    public string? Stopped { get; private set; }

    /// <summary>Why the expert says that its answer ended.</summary>
    public string? FinishReason { get; private set; }

    /// <summary>The stable code of the error that ended the call; null where none did.</summary>
    public string? ErrorCode => _error is null ? null : (_error as OrchestraException)?.Code ?? Errors.ErrorCode.Internal;

    /// <summary>What was used so far; prompt tokens that nobody reported are the likely number, not the ceiling that was reserved for.</summary>
    public TokenUsage Usage => _reported ?? new TokenUsage(tab.Quote.LikelyPromptTokens, _outputTokens, Estimated: true);

    /// <summary>Waits for the first chunk; false where there is none. Throws as the expert does.</summary>
    public async Task<bool> BeginAsync() => _hasBegun = await chunks.MoveNextAsync();

    /// <summary>Counts the chunk at hand and covers what may follow it; where that is not possible, the call is stopped.</summary>
    public async Task CoverAsync()
    {
        var chunk = chunks.Current;
        _outputTokens = Math.Max(_outputTokens + chunk.OutputTokens, chunk.Usage?.Output ?? 0);
        _reported = chunk.Usage ?? _reported;
        FinishReason = chunk.FinishReason ?? FinishReason;

        // An expert that goes on behind its finish reason, or with another choice, is still paid for it.
        if (chunk.OutputTokens == 0 || (chunk.FinishReason is not null && tab.Quote.Choices == 1))
            return;
        if (tab.IsRunaway(_outputTokens))
            Stopped = "max_tokens";
        else if (tab.NeedsMore(_outputTokens) && !await TryGrowAsync() && tab.IsBeyond(_outputTokens) && _error is null)
            Stopped ??= Errors.ErrorCode.InsufficientQuota;
    }

    /// <summary>Moves to the next chunk; false at the end, where Orchestra stopped the call, and where it failed.</summary>
    public async Task<bool> MoveNextAsync()
    {
        if (Stopped is not null || _error is not null)
            return false;
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (OperationCanceledException) when (IsOutOfTime)
        {
            Stopped = "deadline";
            return false;
        }
        catch (Exception error) when (!client.IsCancellationRequested)
        {
            _error = error;
            return false;
        }
    }

    /// <summary>Throws the error that ended the call, where one did.</summary>
    public void ThrowIfFailed()
    {
        if (_error is not null)
            ExceptionDispatchInfo.Throw(_error);
    }

    /// <summary>Bills what was used.</summary>
    /// <returns>What is billed.</returns>
    public Money Settle() => Usage.Estimated && Stopped == Errors.ErrorCode.InsufficientQuota ? tab.SettleCovered(Usage) : tab.Settle(Usage);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // What a call costs of which no chunk came is for its maker to say.
        if (_hasBegun)
            Settle();
        await chunks.DisposeAsync();
    }

    private bool IsOutOfTime => ct.IsCancellationRequested && !client.IsCancellationRequested;

    private async Task<bool> TryGrowAsync()
    {
        try
        {
            return await tab.GrowAsync(_outputTokens, ct);
        }
        catch (OperationCanceledException) when (IsOutOfTime)
        {
            Stopped = "deadline";
        }
        catch (OrchestraException error)
        {
            _error = error;
        }

        return false;
    }
}
