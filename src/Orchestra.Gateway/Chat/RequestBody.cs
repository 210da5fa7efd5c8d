using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Chat;

/// <summary>Reads a request's body whole, up to a limit.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body; throws 413 as soon as it is known to be larger than the limit.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentLength > most)
            throw TooLarge(most);
        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(ct);
            if (result.Buffer.Length > most)
                throw TooLarge(most);
            if (result.IsCompleted)
                return Take(reader, result.Buffer);
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static byte[] Take(PipeReader reader, ReadOnlySequence<byte> buffer)
    {
        var body = buffer.ToArray();
        reader.AdvanceTo(buffer.End);
        return body;
    }

    private static OrchestraException TooLarge(int most) =>
        new(ErrorCode.BodyTooLarge, 413, $"The request body is larger than {most} bytes. Send less; for queries Orchestra:Gateway:MaxBodyBytes sets the limit.");
}
