namespace Orchestra.Core.Limits;

/// <summary>How much a tenant, team, user or key may ask in a time; null where there is no limit.</summary>
/// <param name="RequestsPerMinute">Requests in a minute, 1 to <see cref="Most"/>.</param>
/// <param name="TokensPerMinute">Tokens of prompts and answers in a minute, 1 to <see cref="Most"/>.</param>
/// <param name="ConcurrentRequests">Requests at the same time, 1 to <see cref="Most"/>.</param>
public sealed record RateLimits(int? RequestsPerMinute, int? TokensPerMinute, int? ConcurrentRequests)
{
    /// <summary>The highest limit that can be set.</summary>
    public const int Most = 1_000_000_000;

    /// <summary>No limit at all.</summary>
    public static RateLimits None { get; } = new(null, null, null);
}
