using Orchestra.Core.Budgets;
using Orchestra.Core.Limits;

namespace Orchestra.Core.Tenants;

/// <summary>A key with everybody above it, read at one moment.</summary>
/// <param name="Key">The key.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Team">Its team; null where it has none.</param>
/// <param name="User">Its user; null where it has none.</param>
public sealed record OwnedKey(ApiKey Key, Tenant Tenant, Team? Team, User? User)
{
    /// <summary>Whether the key, or anybody above it, was deleted.</summary>
    public bool IsDeleted => Levels.Any(level => level.IsDeleted);

    private IEnumerable<Principal> Levels => new Principal?[] { Key, Team, User, Tenant }.OfType<Principal>();

    /// <summary>Who asks with this key.</summary>
    public Caller ToCaller() => new(new Payer(Key.Tenant, Key.Team, Key.User, Key.Id))
    {
        AllowedExperts = Key.AllowedExperts is { } names ? names.ToHashSet(StringComparer.Ordinal) : null,
        TenantLimits = Tenant.Limits,
        TeamLimits = Team?.Limits ?? RateLimits.None,
        UserLimits = User?.Limits ?? RateLimits.None,
        KeyLimits = Key.Limits,
    };

    /// <summary>Why this key is refused although its text is right, for whoever holds it; null where it is good. Its expiry is another question.</summary>
    public string? Refusal()
    {
        if (Levels.FirstOrDefault(level => level.IsDeleted) is { } deleted)
            return deleted is ApiKey ? "This key was deleted." : $"The {deleted.Level} of this key was deleted.";
        if (Levels.FirstOrDefault(level => level.Disabled) is { } disabled)
            return disabled is ApiKey ? "This key is disabled." : $"The {disabled.Level} of this key is disabled.";
        return null;
    }
}
