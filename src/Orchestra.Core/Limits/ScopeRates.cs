using Orchestra.Core.Budgets;

namespace Orchestra.Core.Limits;

/// <summary>What one scope has asked lately; guarded by its tenant's lock.</summary>
internal sealed class ScopeRates(BudgetScope scope)
{
    private TokenBucket? _requests;
    private TokenBucket? _tokens;

    public BudgetScope Scope => scope;

    /// <summary>Requests under way.</summary>
    public int Running { get; set; }

    /// <summary>The limits as they are now.</summary>
    public RateLimits Limits { get; private set; } = RateLimits.None;

    /// <summary>When it was used last, by the monotonic clock.</summary>
    public long UsedAt { get; private set; }

    public RateStatus? Requests => Status(_requests);

    public RateStatus? Tokens => Status(_tokens);

    public void MoveTo(long now, RateLimits limits, double ticksPerMinute)
    {
        Limits = limits;
        UsedAt = now;
        _requests = Moved(_requests, limits.RequestsPerMinute, now, ticksPerMinute);
        _tokens = Moved(_tokens, limits.TokensPerMinute, now, ticksPerMinute);
    }

    /// <summary>Throws where the scope may not begin another request now.</summary>
    public void Check()
    {
        if (Limits.ConcurrentRequests is { } most && Running >= most)
            throw new RateLimitException(Scope, "requests at the same time", most, TimeSpan.FromSeconds(1)) { RetryAfter = TimeSpan.FromSeconds(1) };
        Check(_requests, 1, "requests per minute");
        Check(_tokens, 1, "tokens per minute");
    }

    /// <summary>Throws where the scope may not use so many tokens now.</summary>
    public void CheckTokens(long tokens) => Check(_tokens, tokens, "tokens per minute");

    public void TakeRequest() => _requests = Taken(_requests, 1);

    public void TakeTokens(long tokens) => _tokens = Taken(_tokens, tokens);

    private void Check(TokenBucket? bucket, long amount, string what)
    {
        if (bucket is not { } known || known.Has(amount))
            return;
        var wait = known.WaitFor(amount);
        throw new RateLimitException(Scope, what, known.PerMinute, wait) { RetryAfter = wait };
    }

    private static TokenBucket? Moved(TokenBucket? bucket, int? limit, long now, double ticksPerMinute)
    {
        if (limit is not { } perMinute)
            return null;
        var moved = bucket ?? new TokenBucket(perMinute, now);
        moved.MoveTo(now, perMinute, ticksPerMinute);
        return moved;
    }

    private static TokenBucket? Taken(TokenBucket? bucket, long amount)
    {
        if (bucket is not { } left)
            return null;
        left.Take(amount);
        return left;
    }

    private static RateStatus? Status(TokenBucket? bucket) => bucket is { } known ? new(known.PerMinute, known.Remaining, known.WaitUntilFull) : null;
}
