using Orchestra.Core.Chat;
using Orchestra.Core.Errors;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Conversations;

/// <summary>
/// A paid call whose chunks go straight through to the client. However it ends, even where its reader forgets it, it is settled once with what was used,
/// and the trajectory is stored.
/// </summary>
internal sealed class PaidStream : IAsyncDisposable
{
    private readonly ConversationParts _parts;
    private readonly Query _query;
    private readonly TrajectoryRecorder _recorder;
    private readonly string _expert;
    private readonly PaidChunks _chunks;
    private readonly StreamOrigin _origin;
    private readonly IDisposable _owned;
    private readonly ReaderWatch _watch;

    /// <summary>A stream whose first chunk is at hand; <paramref name="owned"/> is disposed at its end.</summary>
    public PaidStream(ConversationParts parts, Query query, TrajectoryRecorder recorder, string expert, PaidChunks chunks, StreamOrigin origin, IDisposable owned)
    {
        _parts = parts;
        _query = query;
        _recorder = recorder;
        _expert = expert;
        _chunks = chunks;
        _origin = origin;
        _owned = owned;
        _watch = new ReaderWatch(parts.Limits.Deadline, parts.Time, () => EndAsync("cancelled"));
    }

    /// <summary>The chunks, to be read once.</summary>
    public async IAsyncEnumerable<ReplyChunk> ReadAsync()
    {
        Return();
        var outcome = "cancelled";
        try
        {
            do
            {
                await _chunks.CoverAsync();
                if (_chunks.Current.Events.IsEmpty)
                    continue;
                _watch.Leave();
                yield return _chunks.Current;
                Return();
            }
            while (await _chunks.MoveNextAsync());

            if (_chunks.Stopped is { } reason)
            {
                _watch.Leave();
                yield return LastChunk.Of(_recorder.Id, _query.Request, _parts.Time.GetUtcNow(), reason, _chunks.Usage);
                Return();
            }

            outcome = _chunks.ErrorCode ?? "answered";
            _chunks.ThrowIfFailed();
        }
        finally
        {
            if (_watch.TryEnd())
                await EndAsync(outcome);
        }
    }

    /// <summary>Ends a stream that nobody reads to its end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_watch.TryEnd())
            await EndAsync("cancelled");
    }

    private void Return()
    {
        if (!_watch.TryReturn())
            throw new OrchestraException(ErrorCode.UpstreamTimeout, 504, "The stream was not read before its query's deadline, or is read twice. Read it once, and without long pauses.");
    }

    private async Task EndAsync(string outcome)
    {
        _watch.Dispose();
        try
        {
            await _chunks.DisposeAsync();
        }
        finally
        {
            Record(outcome == "cancelled" ? outcome : _chunks.ErrorCode);
            await _recorder.EndAsync(outcome);
            _owned.Dispose();
        }
    }

    private void Record(string? error) => _recorder.Streamed(new TrajectoryStep
    {
        Turn = _origin.Turn,
        Move = "delegate",
        Target = _expert,
        Reason = _origin.Reason,
        Odds = _recorder.Odds,
        ObservationId = _origin.ObservationId,
        FinishReason = _chunks.Stopped is null ? _chunks.FinishReason : "length",
        Error = error ?? _chunks.Stopped,
        Usage = _chunks.Usage,
        Cost = _chunks.Settle(),
        Latency = _parts.Time.GetElapsedTime(_origin.Started),
    });
}
