namespace Orchestra.Gateway.Admin;

/// <summary>All tenants.</summary>
internal sealed record TenantListResponse(IReadOnlyList<TenantResponse> Data);
