namespace Orchestra.Core.Budgets.Accounts;

/// <summary>An open reservation in a snapshot.</summary>
/// <param name="Id">The reservation.</param>
/// <param name="Amount">Nano-dollars set aside in all.</param>
/// <param name="LeaseUntil">When it expires unless it is renewed; milliseconds since 1970, UTC.</param>
/// <param name="TeamId">The payer's team.</param>
/// <param name="UserId">The payer's user.</param>
/// <param name="KeyId">The payer's key.</param>
/// <param name="Expert">The expert that the money is for.</param>
/// <param name="TrajectoryId">The query's trajectory.</param>
public sealed record SnapshotReservation(string Id, long Amount, long LeaseUntil, string TeamId, string UserId, string KeyId, string Expert, string TrajectoryId);
