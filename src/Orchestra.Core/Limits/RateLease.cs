namespace Orchestra.Core.Limits;

/// <summary>One request's place within the rate limits; disposing it ends the request.</summary>
public sealed class RateLease : IDisposable
{
    private readonly TenantRates? _rates;
    private readonly List<ScopeRates> _path;
    private readonly TimeProvider _time;
    private long _taken;
    private long _used;
    private bool _running;

    internal RateLease(TenantRates? rates, List<ScopeRates> path, TimeProvider time)
    {
        _rates = rates;
        _path = path;
        _time = time;
    }

    /// <summary>Requests per minute; null where nothing limits them.</summary>
    public RateStatus? Requests => _rates?.Tightest(_path, scope => scope.Requests);

    /// <summary>Tokens per minute; null where nothing limits them.</summary>
    public RateStatus? Tokens => _rates?.Tightest(_path, scope => scope.Tokens);

    /// <summary>How each level that limits the caller stands.</summary>
    public IReadOnlyList<ScopeRateStatus> Levels => _rates?.StatusOf(_path) ?? [];

    /// <summary>Begins the request; throws <see cref="RateLimitException"/> where a level does not allow it.</summary>
    public void Begin()
    {
        _rates?.Begin(_path);
        _running = true;
    }

    /// <summary>Takes the tokens that the request will likely use; throws <see cref="RateLimitException"/> where a level does not allow them.</summary>
    public void Take(long tokens)
    {
        _rates?.TakeTokens(_path, tokens, _time.GetTimestamp(), RateLimiter.TicksPerMinute(_time));
        _taken = _used = tokens;
    }

    /// <summary>Says how many tokens the request has really used.</summary>
    public void Used(long tokens) => _used = tokens;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_running)
            return;
        _running = false;
        _rates?.End(_path, _used - _taken);
    }
}
