namespace Orchestra.Core.Budgets;

/// <summary>Who pays for a call: the tenant and every level below it whose budgets the call counts in.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="TeamId">The key's team; empty where it has none.</param>
/// <param name="UserId">The key's user; empty where it has none.</param>
/// <param name="KeyId">The API key.</param>
public sealed record Payer(string TenantId, string TeamId, string UserId, string KeyId);
