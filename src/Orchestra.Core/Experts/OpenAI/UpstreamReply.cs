namespace Orchestra.Core.Experts.OpenAI;

/// <summary>A reply whose headers have come, and its body as it comes, under the attempt's limits.</summary>
internal sealed class UpstreamReply(HttpResponseMessage response, Stream body, CallClock clock, TimeSpan idle)
{
    private bool _hasBegun;

    /// <summary>Bytes of the body where the upstream said so.</summary>
    public long? Length => response.Content.Headers.ContentLength;

    /// <summary>The body's media type without parameters, in lower case; empty where there is none.</summary>
    public string MediaType => response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? MediaTypeOf(values.ToString()) : string.Empty;

    /// <summary>Whether the caller went away.</summary>
    public bool CallerLeft => clock.CallerLeft;

    /// <summary>Ends the attempt's limit: from now on only stalls and the call's deadline count.</summary>
    public void Begin()
    {
        _hasBegun = true;
        clock.Unlimit();
    }

    /// <summary>Reads what is there, or waits for it as long as a reply may stall; 0 at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer) => ReadAsync(buffer, idle);

    /// <summary>Reads what is there, or waits for it that long; 0 at the end.</summary>
    public ValueTask<int> ReadAsync(Memory<byte> buffer, TimeSpan patience)
    {
        clock.Token.ThrowIfCancellationRequested();
        var read = body.ReadAsync(buffer, clock.Token);
        return read.IsCompletedSuccessfully || !_hasBegun ? read : WaitAsync(read, patience);
    }

    private async ValueTask<int> WaitAsync(ValueTask<int> read, TimeSpan patience)
    {
        clock.Limit(patience);
        var count = await read;
        // The reader's own pauses between reads must not count as the upstream's.
        clock.Unlimit();
        return count;
    }

    private static string MediaTypeOf(string header)
    {
        var end = header.AsSpan().IndexOf(';');
        var type = end < 0 ? header : header[..end];
        return type is "application/json" or "text/event-stream" ? type : type.Trim().ToLowerInvariant();
    }
}
