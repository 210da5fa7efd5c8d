namespace Orchestra.Core.Tenants;

/// <summary>Who pays.</summary>
/// <param name="Id">1 to 64 of a–z, 0–9, '-', '_'.</param>
/// <param name="Name">For people.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record Tenant(string Id, string Name, DateTimeOffset CreatedAt) : Principal(Id, Name, CreatedAt)
{
    /// <summary>The tenant that the first start makes.</summary>
    public const string DefaultId = "default";

    /// <inheritdoc/>
    public override string TenantId => Id;

    /// <inheritdoc/>
    public override string Level => "tenant";

    /// <inheritdoc/>
    public override string Target => $"tenants/{Id}";

    /// <summary>Whether a text may be the id of a tenant, team or user.</summary>
    public static bool IsValidId(string id) =>
        id.Length is >= 1 and <= 64 && id.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_');
}
