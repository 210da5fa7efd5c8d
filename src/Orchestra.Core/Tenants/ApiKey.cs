namespace Orchestra.Core.Tenants;

/// <summary>An API key as it is stored: its secret is only kept as a SHA-256 hash.</summary>
/// <param name="Id">The public part, by which it is found and named.</param>
/// <param name="TenantId">Who pays for it.</param>
/// <param name="SecretHash">SHA-256 of the whole key text, 32 bytes.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record ApiKey(string Id, string TenantId, byte[] SecretHash, DateTimeOffset CreatedAt);
