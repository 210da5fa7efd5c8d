namespace Orchestra.Core.Tenants;

/// <summary>One page of the audit log.</summary>
/// <param name="Tenant">Only what concerns this tenant; null for all.</param>
/// <param name="Target">Only what was done to this target; null for all.</param>
/// <param name="After">Only entries that follow the one with this id in the list, which are older; null for the newest.</param>
/// <param name="Limit">The most that are returned.</param>
public sealed record AuditFilter(string? Tenant, string? Target, string? After, int Limit);
