namespace Orchestra.Core.Tenants;

/// <summary>A place in a list: teams and users are ordered by tenant and id, tenants and keys by id alone.</summary>
/// <param name="Tenant">The tenant; empty in lists of tenants and keys.</param>
/// <param name="Id">The id.</param>
public sealed record ListPosition(string Tenant, string Id);
