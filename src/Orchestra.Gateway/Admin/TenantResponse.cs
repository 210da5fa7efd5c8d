namespace Orchestra.Gateway.Admin;

/// <summary>A tenant.</summary>
internal sealed record TenantResponse(string Id, string Name, DateTimeOffset CreatedAt);
