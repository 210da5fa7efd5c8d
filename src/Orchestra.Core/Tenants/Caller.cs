namespace Orchestra.Core.Tenants;

/// <summary>Who asks: an authenticated API key and the tenant that pays for it.</summary>
/// <param name="TenantId">Who pays.</param>
/// <param name="KeyId">The key's public part.</param>
public sealed record Caller(string TenantId, string KeyId);
