namespace Orchestra.Core.Learning.Outcomes;

/// <summary>Reads the lines of a stream that are not blank, holding no more than one of them, and never more than the limit.</summary>
/// <param name="stream">What to read; stays open.</param>
/// <param name="maxLineBytes">Bytes of a line at most.</param>
internal sealed class LineReader(Stream stream, int maxLineBytes)
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>The number of the last line that was read, blank ones counted.</summary>
    public long Number { get; private set; }

    /// <summary>The next line; null at the end.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken ct)
    {
        var isTooLong = false;
        var searched = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (length >= 0 || (_ended && (_end > _start || isTooLong)))
            {
                var line = Take(length >= 0 ? searched + length : _end - _start, isTooLong);
                if (line.IsTooLong || !IsBlank(line.Bytes.Span))
                    return line;
                searched = 0;
                continue;
            }

            if (_ended)
                return null;
            if (_end - _start > maxLineBytes)
            {
                isTooLong = true;
                _start = _end = 0;
            }

            searched = _end - _start;
            await FillAsync(ct);
        }
    }

    private Line Take(int length, bool isTooLong)
    {
        var bytes = _buffer.AsMemory(_start, length);
        _start = Math.Min(_end, _start + length + 1);
        Number++;
        if (Number == 1 && bytes.Span.StartsWith(ByteOrderMark))
            bytes = bytes[ByteOrderMark.Length..];
        return isTooLong || length > maxLineBytes ? new Line(Number, default, IsTooLong: true) : new Line(Number, bytes, IsTooLong: false);
    }

    private async ValueTask FillAsync(CancellationToken ct)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), ct);
        _end += read;
        _ended = read == 0;
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;
}
