namespace Orchestra.Core.Trajectories;

/// <summary>Which trajectories are asked for; what is null does not matter.</summary>
/// <param name="TenantId">Whose; null for all tenants'.</param>
/// <param name="Since">Those that started at this time or later.</param>
/// <param name="Until">Those that started before this time.</param>
public sealed record TrajectoryFilter(string? TenantId = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null);
