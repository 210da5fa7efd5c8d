using System.Text.Json.Serialization;

namespace Orchestra.Core.Tenants;

/// <summary>An API key as it is stored: of its secret there are only hashes.</summary>
/// <param name="Id">The public part, by which it is found and named.</param>
/// <param name="Tenant">The tenant that pays for it.</param>
/// <param name="Team">The team that it counts in; empty where none.</param>
/// <param name="User">The user that it counts in; empty where none.</param>
/// <param name="Name">For people; may be empty.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Secret">The hashes of its text.</param>
public sealed record ApiKey(
    string Id,
    [property: JsonPropertyOrder(-2)] string Tenant,
    [property: JsonPropertyOrder(-2)] string Team,
    [property: JsonPropertyOrder(-2)] string User,
    string Name,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore] KeySecret Secret) : Principal(Id, Name, CreatedAt)
{
    /// <summary>When it stops being good; null for never.</summary>
    [JsonPropertyOrder(1)]
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The experts that it may use, tools included; null for all.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<string>? AllowedExperts { get; init; }

    /// <summary>What spend can be grouped by, such as <c>project</c>; the bounds are in <see cref="PrincipalRules"/>.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = NoMetadata;

    /// <summary>Until when the text before the last rotation is good; null where there is none.</summary>
    [JsonPropertyOrder(1)]
    public DateTimeOffset? PreviousSecretUntil => Secret.PreviousUntil;

    /// <inheritdoc/>
    public override string TenantId => Tenant;

    /// <inheritdoc/>
    public override string Level => "key";

    /// <inheritdoc/>
    public override string Target => $"keys/{Id}";

    private static IReadOnlyDictionary<string, string> NoMetadata { get; } = new Dictionary<string, string>();
}
