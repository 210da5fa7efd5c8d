using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orchestra.Core.Limits;

namespace Orchestra.Gateway;

/// <summary>Tells clients how their rate limits stand, in the headers that OpenAI's clients know.</summary>
internal static class RateLimitHeaders
{
    /// <summary>Writes the headers of every limit that there is.</summary>
    public static void Write(HttpResponse response, RateLease lease)
    {
        Write(response, "requests", lease.Requests);
        Write(response, "tokens", lease.Tokens);
    }

    /// <summary>A duration as OpenAI writes it, such as <c>1m30s</c>, <c>2s</c> or <c>120ms</c>.</summary>
    internal static string Format(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(1))
            return string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(time.TotalMilliseconds)}ms");
        var seconds = (long)Math.Ceiling(time.TotalSeconds);
        return seconds < 60
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m{seconds % 60}s");
    }

    private static void Write(HttpResponse response, string what, RateStatus? status)
    {
        if (status is not { } known)
            return;
        response.Headers[$"x-ratelimit-limit-{what}"] = known.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers[$"x-ratelimit-remaining-{what}"] = known.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers[$"x-ratelimit-reset-{what}"] = Format(known.Reset);
    }
}
