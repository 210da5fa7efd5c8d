using System.Buffers;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Reads a whole body into one array of its size.</summary>
internal static class WholeReply
{
    /// <summary>A length that is believed before the bytes have come.</summary>
    private const int TrustedLength = 256 * 1024;

    private const int FirstBuffer = 8 * 1024;

    /// <summary>Reads to the end; throws <see cref="UpstreamFaultException"/> where the body is longer than allowed.</summary>
    public static ValueTask<byte[]> ReadAsync(UpstreamReply reply, int most)
    {
        if (reply.Length > most)
            throw TooLong(most);
        return reply.Length is { } length and > 0 and <= TrustedLength ? ReadExactlyAsync(reply, (int)length) : ReadToEndAsync(reply, most, failsWhenLonger: true);
    }

    /// <summary>Reads to the end or to the limit, whichever comes first.</summary>
    public static ValueTask<byte[]> ReadStartAsync(UpstreamReply reply, int most) => ReadToEndAsync(reply, most, failsWhenLonger: false);

    private static async ValueTask<byte[]> ReadExactlyAsync(UpstreamReply reply, int length)
    {
        var body = GC.AllocateUninitializedArray<byte>(length);
        var filled = 0;
        while (filled < length)
        {
            var read = await reply.ReadAsync(body.AsMemory(filled));
            if (read == 0)
                throw new IOException("The body is shorter than its Content-Length.");
            filled += read;
        }

        return body;
    }

    private static async ValueTask<byte[]> ReadToEndAsync(UpstreamReply reply, int most, bool failsWhenLonger)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var filled = 0;
            while (true)
            {
                var read = await reply.ReadAsync(buffer.AsMemory(filled));
                filled += read;
                if (read == 0)
                    return buffer.AsSpan(0, filled).ToArray();
                if (filled > most)
                    return failsWhenLonger ? throw TooLong(most) : buffer.AsSpan(0, most).ToArray();
                if (filled < buffer.Length)
                    continue;
                var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * filled, most + 1L));
                buffer.AsSpan(0, filled).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static UpstreamFaultException TooLong(int most) =>
        new(UpstreamFault.Malformed($"sent a reply of more than {most} bytes; raise its MaxReplyBytes, or ask for fewer tokens.") with { MayRetry = false });
}
