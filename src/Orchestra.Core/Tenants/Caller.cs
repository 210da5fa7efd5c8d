using Orchestra.Core.Budgets;
using Orchestra.Core.Limits;

namespace Orchestra.Core.Tenants;

/// <summary>Who asks: an authenticated API key, everybody that it counts in, and what it may do.</summary>
/// <param name="Payer">Who pays.</param>
public sealed record Caller(Payer Payer)
{
    /// <summary>The tenant that pays.</summary>
    public string TenantId => Payer.TenantId;

    /// <summary>The key's public part.</summary>
    public string KeyId => Payer.KeyId;

    /// <summary>The experts that the key may use, tools included; null for all.</summary>
    public IReadOnlySet<string>? AllowedExperts { get; init; }

    /// <summary>The tenant's rate limits.</summary>
    public RateLimits TenantLimits { get; init; } = RateLimits.None;

    /// <summary>The team's rate limits; none where the key has no team.</summary>
    public RateLimits TeamLimits { get; init; } = RateLimits.None;

    /// <summary>The user's rate limits; none where the key has no user.</summary>
    public RateLimits UserLimits { get; init; } = RateLimits.None;

    /// <summary>The key's own rate limits.</summary>
    public RateLimits KeyLimits { get; init; } = RateLimits.None;

    /// <summary>Whether the key may use an expert.</summary>
    public bool MayUse(string expert) => AllowedExperts is null || AllowedExperts.Contains(expert);
}
