using System.Buffers.Text;
using System.Net.Sockets;

namespace Orchestra.Cli.Bench.Gateway;

/// <summary>
/// Reads whole HTTP/1.1 messages from a kept-alive connection, looking only at what frames them: both ends of the bench share the
/// machine with the node, so every microsecond here would be charged to it.
/// </summary>
internal sealed class HttpMessageReader(Socket socket, TimeProvider time)
{
    /// <summary>Bytes that one message may have.</summary>
    public const int MaxMessage = 1024 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _filled;
    private int _headLength;
    private int _end;
    private int _nextChunk;
    private int _contentLength;

    /// <summary>The start line and the headers.</summary>
    public ReadOnlySpan<byte> Head => _buffer.AsSpan(0, _headLength);

    /// <summary>The body as it came, chunk sizes included.</summary>
    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_headLength, _end - _headLength);

    /// <summary>When the first server-sent event of this message was there; 0 where none came.</summary>
    public long FirstEventAt { get; private set; }

    /// <summary>Reads the next message; false where the other side closed the connection between two.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        _buffer.AsSpan(_end, _filled - _end).CopyTo(_buffer);
        _filled -= _end;
        _end = _headLength = 0;
        FirstEventAt = 0;
        while (!IsWhole())
        {
            if (_filled == _buffer.Length)
                Array.Resize(ref _buffer, _filled < MaxMessage ? _filled * 2 : throw new IOException($"A message is longer than {MaxMessage} bytes."));
            var received = await socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None, ct);
            if (received == 0)
                return _filled == 0 ? false : throw new IOException("The connection was closed in the middle of a message.");
            _filled += received;
            if (FirstEventAt == 0 && _buffer.AsSpan(_headLength, _filled - _headLength).IndexOf("data:"u8) >= 0)
                FirstEventAt = time.GetTimestamp();
        }

        return true;
    }

    private bool IsWhole()
    {
        var bytes = _buffer.AsSpan(0, _filled);
        if (_headLength == 0 && !ReadHead(bytes))
            return false;
        if (_contentLength >= 0)
        {
            _end = _headLength + _contentLength;
            return _filled >= _end;
        }

        while (true)
        {
            var rest = bytes[_nextChunk..];
            var line = rest.IndexOf("\r\n"u8);
            if (line < 0)
                return false;
            if (!Utf8Parser.TryParse(rest[..line], out int size, out _, 'X') || size is < 0 or > MaxMessage)
                throw new IOException("A chunk has no size.");
            var end = _nextChunk + line + 2 + size + 2;
            if (_filled < end)
                return false;
            _nextChunk = end;
            if (size > 0)
                continue;
            _end = end;
            return true;
        }
    }

    private bool ReadHead(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.IndexOf("\r\n\r\n"u8);
        if (length < 0)
            return false;
        _headLength = _nextChunk = length + 4;
        _contentLength = 0;
        foreach (var range in bytes[..length].Split("\r\n"u8))
        {
            var header = bytes[range];
            if (Has(header, "content-length:"u8) && Utf8Parser.TryParse(header["content-length:".Length..].TrimStart((byte)' '), out int size, out _) && size is >= 0 and <= MaxMessage)
                _contentLength = size;
            else if (Has(header, "transfer-encoding:"u8))
                _contentLength = -1;
        }

        return true;
    }

    private static bool Has(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name) =>
        header.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(header[..name.Length], name);
}
