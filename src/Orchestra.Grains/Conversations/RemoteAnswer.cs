using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;
using Orchestra.Grains.Messages;
using Orchestra.Grains.Streams;
using ErrorCode = Orchestra.Core.Errors.ErrorCode;

namespace Orchestra.Grains.Conversations;

/// <summary>A streamed answer that another silo gives.</summary>
internal sealed class RemoteAnswer : IAsyncDisposable
{
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _until;
    private readonly IAsyncEnumerator<ReplyChunk> _chunks;
    private AnswerHead? _head;
    private long _costNanos;
    private long _tokens;
    private bool _hasChunk;

    /// <summary>An answer whose parts come from a grain.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="deadline">The time of a query, after which nobody waits for its reader.</param>
    /// <param name="time">The clock.</param>
    /// <param name="client">Cancelled when the client goes away.</param>
    public RemoteAnswer(IAsyncEnumerable<StreamPart> parts, TimeSpan deadline, TimeProvider time, CancellationToken client)
    {
        _deadline = new CancellationTokenSource(deadline, time);
        _until = CancellationTokenSource.CreateLinkedTokenSource(client, _deadline.Token);
        _chunks = ChunkReader.ReadAsync(parts, Note, client).GetAsyncEnumerator(client);
    }

    /// <summary>Waits for the first chunk; throws as the query does, and as <see cref="GrainCalls.IsLost"/> knows.</summary>
    public async Task<Answer> BeginAsync()
    {
        try
        {
            _hasChunk = await _chunks.MoveNextAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }

        return new Answer
        {
            TrajectoryId = _head?.TrajectoryId ?? string.Empty,
            Experts = _head?.Experts ?? [],
            Stream = ReadAsync(),
            Until = _until.Token,
            CostSource = () => new Money(Volatile.Read(ref _costNanos)),
            TokenSource = () => Volatile.Read(ref _tokens),
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _chunks.DisposeAsync();
        _until.Dispose();
        _deadline.Dispose();
    }

    private async IAsyncEnumerable<ReplyChunk> ReadAsync()
    {
        try
        {
            while (_hasChunk)
            {
                yield return _chunks.Current;
                _hasChunk = await NextAsync();
            }
        }
        finally
        {
            await DisposeAsync();
        }
    }

    private async Task<bool> NextAsync()
    {
        try
        {
            return await _chunks.MoveNextAsync();
        }
        catch (Exception error) when (GrainCalls.IsLost(error))
        {
            throw new OrchestraException(ErrorCode.UpstreamFailed, 502, "The silo that served this query failed in the middle of its answer. Ask again.", error) { TrajectoryId = _head?.TrajectoryId };
        }
    }

    private void Note(StreamPart part)
    {
        _head ??= part.Head;
        Volatile.Write(ref _costNanos, part.CostNanos);
        Volatile.Write(ref _tokens, part.Tokens);
    }
}
