namespace Orchestra.Gateway.Budgets;

/// <summary>How the rate limits of one level stand; null where nothing limits.</summary>
internal sealed record RateLimitResponse(string Scope, RateResponse? RequestsPerMinute, RateResponse? TokensPerMinute, ConcurrencyResponse? ConcurrentRequests);
