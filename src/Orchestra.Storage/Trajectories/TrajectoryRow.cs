namespace Orchestra.Storage.Trajectories;

/// <summary>A trajectory as a row.</summary>
/// <param name="Id">The trajectory's id.</param>
/// <param name="TenantId">Who paid.</param>
/// <param name="StartedAt">When the query came.</param>
/// <param name="Body">The trajectory as JSON, UTF-8.</param>
internal sealed record TrajectoryRow(string Id, string TenantId, DateTimeOffset StartedAt, byte[] Body);
