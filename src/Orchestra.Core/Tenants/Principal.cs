using System.Text.Json.Serialization;
using Orchestra.Core.Limits;

namespace Orchestra.Core.Tenants;

/// <summary>A tenant, team, user or key: what all four levels of those who pay have in common.</summary>
/// <param name="Id">The id, which is never given to another one, not even after this one is deleted.</param>
/// <param name="Name">For people; up to <see cref="MostName"/> characters.</param>
/// <param name="CreatedAt">When it was created.</param>
public abstract record Principal(
    [property: JsonPropertyOrder(-2)] string Id, [property: JsonPropertyOrder(-1)] string Name, [property: JsonPropertyOrder(1)] DateTimeOffset CreatedAt)
{
    /// <summary>The longest name, in characters.</summary>
    public const int MostName = 200;

    /// <summary>How much may be asked in a time.</summary>
    [JsonPropertyOrder(2)]
    public RateLimits Limits { get; init; } = RateLimits.None;

    /// <summary>Whether its keys are refused until it is enabled again.</summary>
    [JsonPropertyOrder(2)]
    public bool Disabled { get; init; }

    /// <summary>When it was deleted; null while it lives. What was deleted stays, since the ledger names it, and never comes back.</summary>
    [JsonPropertyOrder(2)]
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Counts its changes, from 1; the ETag of the admin API.</summary>
    [JsonPropertyOrder(2)]
    public long Version { get; init; } = 1;

    /// <summary>The tenant that it is or belongs to.</summary>
    [JsonIgnore]
    public abstract string TenantId { get; }

    /// <summary>Which level it is: <c>tenant</c>, <c>team</c>, <c>user</c> or <c>key</c>.</summary>
    [JsonIgnore]
    public abstract string Level { get; }

    /// <summary>Its path below <c>/admin</c>, by which the audit log names it.</summary>
    [JsonIgnore]
    public abstract string Target { get; }

    /// <summary>Whether it was deleted.</summary>
    [JsonIgnore]
    public bool IsDeleted => DeletedAt is not null;
}
