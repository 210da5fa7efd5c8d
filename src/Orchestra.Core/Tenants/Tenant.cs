namespace Orchestra.Core.Tenants;

/// <summary>Who pays.</summary>
/// <param name="Id">1 to 64 of a–z, 0–9, '-', '_'.</param>
/// <param name="Name">For people.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record Tenant(string Id, string Name, DateTimeOffset CreatedAt);
