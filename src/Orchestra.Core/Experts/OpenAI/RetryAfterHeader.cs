using System.Net.Http.Headers;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Reads <c>Retry-After</c>, in seconds or as a date.</summary>
internal static class RetryAfterHeader
{
    /// <summary>How long to wait, never negative; null where the header is absent or malformed.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var header = headers.RetryAfter;
        if (header?.Delta is { } delta)
            return delta;
        if (header?.Date is not { } date)
            return null;
        return date > now ? date - now : TimeSpan.Zero;
    }
}
