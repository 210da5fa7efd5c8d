using System.Text;

namespace Orchestra.Client;

/// <summary>Passes a response's server-sent events through unchanged, and tells the exchange of those that the SDK does not read: the cost, an error, the end mark.</summary>
/// <param name="inner">The response's bytes.</param>
/// <param name="exchange">Told of events.</param>
internal sealed class EventStream(Stream inner, Exchange exchange) : Stream
{
    /// <summary>A longer line is none of those that this looks for.</summary>
    private const int LongestLine = 64 * 1024;

    private static readonly byte[] CostComment = Encoding.ASCII.GetBytes($": {Exchange.CostHeader} ");
    private readonly List<byte> _line = [];
    private bool _isTooLong;

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

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Scan(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = inner.Read(buffer, offset, count);
        Scan(buffer.AsSpan(offset, read));
        return read;
    }

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
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Scan(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            Add(bytes[..end]);
            if (!_isTooLong)
                Note(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_line));
            _line.Clear();
            _isTooLong = false;
            bytes = bytes[(end + 1)..];
        }

        Add(bytes);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _isTooLong |= _line.Count + bytes.Length > LongestLine;
        if (!_isTooLong)
            _line.AddRange(bytes);
    }

    private void Note(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\r');
        if (line.StartsWith("data: "u8))
            exchange.NoteEvent(line[6..]);
        else if (line.StartsWith(CostComment))
            exchange.NoteCost(Encoding.ASCII.GetString(line[CostComment.Length..]));
    }
}
