using System.Collections.Concurrent;
using Orchestra.Core.Tenants;

namespace Orchestra.Core.Limits;

/// <summary>
/// Keeps tenants, teams, users and keys within their requests and tokens per minute and their requests at the same time. It counts what passes
/// this host: several hosts behind one balancer allow each caller as much each.
/// </summary>
public sealed class RateLimiter(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, TenantRates> _tenants = new(StringComparer.Ordinal);

    /// <summary>A caller's place within its limits; the request has yet to begin.</summary>
    public RateLease Of(Caller caller)
    {
        if (caller.TenantLimits == RateLimits.None && caller.TeamLimits == RateLimits.None && caller.UserLimits == RateLimits.None && caller.KeyLimits == RateLimits.None)
            return new RateLease(null, [], time);
        var rates = _tenants.GetOrAdd(caller.TenantId, static _ => new TenantRates());
        return new RateLease(rates, rates.PathOf(caller, time.GetTimestamp(), TicksPerMinute(time)), time);
    }

    internal static double TicksPerMinute(TimeProvider time) => time.TimestampFrequency * 60.0;
}
