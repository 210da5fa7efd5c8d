using System.Text;
using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Conversations;

/// <summary>
/// A stream that goes straight through to the client while its reservation grows with it. However it ends, it is settled once with what was
/// used, and the trajectory is stored.
/// </summary>
internal sealed class PaidStream(
    ConversationParts parts,
    Query query,
    TrajectoryRecorder recorder,
    Tab tab,
    string expert,
    IAsyncEnumerator<ReplyChunk> chunks,
    long started,
    StreamOrigin origin,
    CancellationToken client,
    CancellationToken ct)
{
    private long _outputTokens;
    private TokenUsage? _usage;
    private string? _finishReason;
    private OrchestraException? _error;
    private string? _stopped;

    /// <summary>The chunks, the first of which is at hand already; <paramref name="owned"/> is disposed at the end.</summary>
    public async IAsyncEnumerable<ReplyChunk> ReadAsync(IDisposable owned)
    {
        var outcome = "cancelled";
        try
        {
            do
            {
                var chunk = chunks.Current;
                _outputTokens = Math.Max(_outputTokens + chunk.OutputTokens, chunk.Usage?.Output ?? 0);
                _usage = chunk.Usage ?? _usage;
                _finishReason = chunk.FinishReason ?? _finishReason;
                if (MayGoOn(chunk))
                    _stopped = await CoverAsync();
                if (!chunk.Events.IsEmpty)
                    yield return chunk;
            }
            while (_stopped is null && await TryMoveAsync());

            if (_stopped is not null)
            {
                _finishReason = "length";
                yield return LastChunk(_stopped);
            }

            outcome = _error?.Code ?? "answered";
            if (_error is not null)
                throw _error;
        }
        finally
        {
            await chunks.DisposeAsync();
            Record(outcome == "cancelled" ? outcome : _error?.Code);
            await recorder.EndAsync(outcome);
            owned.Dispose();
        }
    }

    /// <summary>Settles and records a call whose client went away before the first chunk.</summary>
    public void RecordCancelled() => Record("cancelled");

    /// <summary>Whether text may follow this chunk. An expert that goes on behind its finish reason, or with another choice, is still paid for it.</summary>
    private bool MayGoOn(ReplyChunk chunk) =>
        chunk.OutputTokens > 0 && (chunk.FinishReason is null || tab.Quote.Choices > 1);

    /// <summary>Covers what has come and a little more; the reason to stop where that is not possible.</summary>
    private async Task<string?> CoverAsync()
    {
        if (tab.IsRunaway(_outputTokens))
            return "max_tokens";
        return !tab.NeedsMore(_outputTokens) || await TryGrowAsync() || !tab.IsBeyond(_outputTokens) ? null : ErrorCode.InsufficientQuota;
    }

    private async Task<bool> TryGrowAsync()
    {
        try
        {
            return await tab.GrowAsync(_outputTokens, ct);
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Moves to the next chunk; a failure of the upstream or of time ends the stream and is kept for the end.</summary>
    private async Task<bool> TryMoveAsync()
    {
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (OrchestraException error)
        {
            _error = error;
            return false;
        }
        catch (OperationCanceledException) when (!client.IsCancellationRequested && ct.IsCancellationRequested)
        {
            _stopped = "deadline";
            return false;
        }
    }

    private void Record(string? error)
    {
        // Prompt tokens of a stream that reported no usage are the likely number, not the ceiling that was reserved for.
        var usage = _usage ?? new TokenUsage(Math.Min(query.Request.LikelyPromptTokens, tab.Quote.PromptTokens), _outputTokens, Estimated: true);
        recorder.Streamed(new TrajectoryStep
        {
            Turn = origin.Turn,
            Move = "delegate",
            Target = expert,
            Reason = origin.Reason,
            ObservationId = origin.ObservationId,
            FinishReason = _finishReason,
            Error = error ?? _stopped,
            Usage = usage,
            Cost = usage.Estimated && _stopped == ErrorCode.InsufficientQuota ? tab.SettleCovered(usage) : tab.Settle(usage),
            Latency = parts.Time.GetElapsedTime(started),
        });
    }

    /// <summary>The end of a stream that Orchestra stopped: a finish reason that clients know, and the cause beside it.</summary>
    private ReplyChunk LastChunk(string reason)
    {
        var created = parts.Time.GetUtcNow().ToUnixTimeSeconds();
        var model = query.Request.Model;
        const string kind = "chat.completion.chunk";
        var choices = new[] { new { index = 0, delta = new { }, finish_reason = "length" } };
        var events = Event(new { id = recorder.Id, @object = kind, created, model, choices, orchestra = new { reason } });
        if (query.Request.IncludeUsage)
        {
            var prompt = query.Request.LikelyPromptTokens;
            var usage = new { prompt_tokens = prompt, completion_tokens = _outputTokens, total_tokens = prompt + _outputTokens };
            events += Event(new { id = recorder.Id, @object = kind, created, model, choices = Array.Empty<object>(), usage });
        }

        return new ReplyChunk(Encoding.UTF8.GetBytes(events), 0, null, "length");
    }

    private static string Event<T>(T data) => $"data: {JsonSerializer.Serialize(data)}\n\n";
}
