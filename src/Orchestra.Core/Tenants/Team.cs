using System.Text.Json.Serialization;

namespace Orchestra.Core.Tenants;

/// <summary>Some of a tenant's keys, with limits and budgets of their own.</summary>
/// <param name="Id">1 to 64 of a–z, 0–9, '-', '_'; unique in its tenant.</param>
/// <param name="Tenant">The tenant that it belongs to.</param>
/// <param name="Name">For people.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record Team(string Id, [property: JsonPropertyOrder(-2)] string Tenant, string Name, DateTimeOffset CreatedAt) : Principal(Id, Name, CreatedAt)
{
    /// <inheritdoc/>
    public override string TenantId => Tenant;

    /// <inheritdoc/>
    public override string Level => "team";

    /// <inheritdoc/>
    public override string Target => $"teams/{Tenant}/{Id}";
}
