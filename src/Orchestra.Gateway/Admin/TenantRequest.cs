namespace Orchestra.Gateway.Admin;

/// <summary>A tenant to create.</summary>
internal sealed record TenantRequest(string? Id = null, string? Name = null);
