using System.Buffers;
using System.Text.Json;
using Orchestra.Core.Chat;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>
/// Cuts a stream of bytes into whole server-sent events and passes them on as they came, many at once. Each is read once, for its tokens, finish
/// reason, usage or error.
/// </summary>
/// <param name="maxEvent">Bytes that one event may have.</param>
/// <param name="keepUsage">Whether the usage-only event is passed on.</param>
/// <param name="choices">Choices that end before the reply does.</param>
/// <param name="key">The expert's key, kept out of messages.</param>
internal sealed class EventScanner(int maxEvent, bool keepUsage, int choices, string? key) : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private const int LeastRoom = 2 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _start;
    private int _scanned;
    private int _end;
    private bool _isFirst = true;
    private int _finished;
    private UpstreamFault? _fault;

    /// <summary>Whether the end marker came.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether every choice has its finish reason, so that nothing is missing if the stream ends here.</summary>
    public bool IsFinished => IsDone || _finished >= choices;

    /// <summary>Where to put the next bytes; what was taken before is then no longer valid.</summary>
    public Memory<byte> Room()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _scanned -= _start;
            _start = 0;
        }

        if (_buffer.Length - _end < LeastRoom)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Says how many bytes were put there.</summary>
    public void Added(int count) => _end += count;

    /// <summary>Takes the whole events that are there; false where there are none. Throws <see cref="UpstreamFaultException"/> behind the last good one.</summary>
    public bool TryTake(out ReplyChunk chunk)
    {
        var taken = new Taken { Write = _start, From = _start };
        while (_fault is null && !IsDone && TryFindEnd(out var end, out var lines))
        {
            Take(_start, end - _start, lines, ref taken);
            _start = _scanned = end;
        }

        if (_fault is null && !IsDone && _end - _start > maxEvent)
            _fault = UpstreamFault.Malformed($"sent an event of more than {maxEvent} bytes; raise its MaxLineBytes, or check its Endpoint.");
        chunk = taken.ToChunk(_buffer);
        if (taken.HasAny)
            return true;
        return _fault is null ? false : throw new UpstreamFaultException(_fault);
    }

    /// <summary>Takes what is left when the stream has ended: an event without its blank line counts, half an event does not.</summary>
    public bool TryTakeRest(out ReplyChunk chunk)
    {
        chunk = default;
        var rest = _buffer.AsSpan(_start, _end - _start).TrimEnd("\r\n"u8);
        if (IsDone || rest.IsEmpty)
            return false;
        _end = _start + rest.Length;
        Room();
        "\n\n"u8.CopyTo(_buffer.AsSpan(_end));
        _end += 2;
        _scanned = _start;
        try
        {
            return TryTake(out chunk);
        }
        catch (UpstreamFaultException) when (IsFinished)
        {
            // Half an event behind a complete answer.
            _fault = null;
            return false;
        }
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Finds the blank line that ends the event, and whether the event has more than one line before it.</summary>
    private bool TryFindEnd(out int end, out bool lines)
    {
        var bytes = _buffer.AsSpan(0, _end);
        SkipBlankLines(bytes);
        lines = false;
        while (true)
        {
            var found = bytes[_scanned..].IndexOf((byte)'\n');
            end = _scanned + found + 1;
            if (found < 0 || end == _end)
            {
                // The scan comes back to this line break, or to the end, when more has come.
                _scanned = found < 0 ? _end : end - 1;
                return false;
            }

            if (bytes[end] == '\n')
            {
                lines = HasManyLines(bytes[_start..end]);
                end++;
                return true;
            }

            if (bytes[end] == '\r')
            {
                if (end + 1 == _end)
                {
                    _scanned = end - 1;
                    return false;
                }

                if (bytes[end + 1] == '\n')
                {
                    lines = HasManyLines(bytes[_start..end]);
                    end += 2;
                    return true;
                }
            }

            _scanned = end;
        }
    }

    private static bool HasManyLines(ReadOnlySpan<byte> lines) => lines.IndexOf((byte)'\n') != lines.Length - 1;

    private void SkipBlankLines(ReadOnlySpan<byte> bytes)
    {
        while (_start < _end && (bytes[_start] == '\n' || (bytes[_start] == '\r' && _start + 1 < _end && bytes[_start + 1] == '\n')))
            _start++;
        _scanned = Math.Max(_scanned, _start);
    }

    private void Take(int start, int length, bool manyLines, ref Taken taken)
    {
        var block = _buffer.AsSpan(start, length);
        var data = EventData.Of(block, manyLines);
        if (data.IsEmpty)
            return;
        if (data.SequenceEqual("[DONE]"u8))
        {
            IsDone = true;
            if (_isFirst)
                _fault = UpstreamFault.Malformed("sent a stream without an answer; try again later.");
            return;
        }

        if (!TryRead(data, out var facts))
        {
            _fault = UpstreamFault.Malformed("sent an event that is not a chat completion chunk; check its Endpoint.");
            return;
        }

        if (facts.HasError)
        {
            _fault = UpstreamErrors.FromEvent(UpstreamErrorBody.Read(data.ToArray(), key)) with { MayHaveCharged = !_isFirst };
            return;
        }

        _finished += facts.Finished;
        taken.FinishReason ??= facts.FinishReason;
        taken.Usage = facts.Usage ?? taken.Usage;
        taken.Tokens += facts.Tokens;
        if (!facts.HasChoices && facts.Usage is not null && !keepUsage)
            return;
        _isFirst = false;
        if (taken.From == taken.Write)
            taken.From = taken.Write = start;
        else if (taken.Write != start)
            block.CopyTo(_buffer.AsSpan(taken.Write));
        taken.Write += length;
    }

    private static bool TryRead(ReadOnlySpan<byte> data, out EventFacts facts)
    {
        try
        {
            facts = EventFacts.Read(data);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is for strings that are not valid Unicode.
            facts = default;
            return false;
        }
    }

    private struct Taken
    {
        public int From;
        public int Write;
        public int Tokens;
        public TokenUsage? Usage;
        public string? FinishReason;

        public readonly bool HasAny => Write > From || Usage is not null;

        public readonly ReplyChunk ToChunk(byte[] buffer) => new(buffer.AsMemory(From, Write - From), Tokens, Usage, FinishReason);
    }
}
