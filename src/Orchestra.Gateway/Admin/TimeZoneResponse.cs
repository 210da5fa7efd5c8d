namespace Orchestra.Gateway.Admin;

/// <summary>The time zone in which a tenant's calendar windows begin.</summary>
internal sealed record TimeZoneResponse(string Tenant, string TimeZone, long Version);
