using System.Text;
using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;

namespace Orchestra.Client.Orleans;

/// <summary>A streamed answer as the bytes that a gateway would send; whoever stops reading stops the experts.</summary>
/// <param name="answer">The answer.</param>
internal sealed class AnswerStream(Answer answer) : Stream
{
    private readonly IAsyncEnumerator<ReplyChunk> _chunks = answer.Stream!.GetAsyncEnumerator(answer.Until);
    private ReadOnlyMemory<byte> _left;
    private bool _hasEnded;
    private Task? _ending;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>An error's body, as OpenAI's clients read it.</summary>
    public static byte[] Body(OrchestraException error) =>
        JsonSerializer.SerializeToUtf8Bytes(new { error = new { message = error.Message, type = "orchestra_error", code = error.Code, param = error.Param } });

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left.IsEmpty && !_hasEnded)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _left = await NextAsync().ConfigureAwait(false);
        }

        var count = Math.Min(buffer.Length, _left.Length);
        _left[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Grains are asked asynchronously: use the client's asynchronous methods.");

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the enumeration, which whoever disposes synchronously does not wait for; it ends by itself.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _ = EndAsync();
        base.Dispose(disposing);
    }

    private Task EndAsync() => _ending ??= _chunks.DisposeAsync().AsTask();

    private async Task<ReadOnlyMemory<byte>> NextAsync()
    {
        try
        {
            if (await _chunks.MoveNextAsync().ConfigureAwait(false))
                return _chunks.Current.Events;
            _hasEnded = true;
            return Encoding.ASCII.GetBytes($": x-orchestra-cost-usd {answer.Cost}\n\ndata: [DONE]\n\n");
        }
        catch (OrchestraException error)
        {
            _hasEnded = true;
            return (byte[])[.. "data: "u8, .. Body(error), .. Encoding.ASCII.GetBytes($"\n\n: x-orchestra-cost-usd {answer.Cost}\n\n")];
        }
    }
}
