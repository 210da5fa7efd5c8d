namespace Orchestra.Core.Budgets;

/// <summary>An open reservation in a snapshot.</summary>
/// <param name="Id">The reservation.</param>
/// <param name="Amount">Nano-dollars set aside in all.</param>
/// <param name="LeaseUntil">When it expires unless it is renewed.</param>
/// <param name="KeyId">The API key that asked.</param>
/// <param name="Expert">The expert that the money is for.</param>
/// <param name="TrajectoryId">The query's trajectory.</param>
public sealed record SnapshotReservation(string Id, long Amount, DateTimeOffset LeaseUntil, string KeyId, string Expert, string TrajectoryId)
{
    internal static SnapshotReservation From(string id, OpenReservation open) =>
        new(id, open.Amount.Nanos, open.LeaseUntil, open.KeyId, open.Expert, open.TrajectoryId);

    internal OpenReservation ToOpen() => new(new Money(Amount), LeaseUntil, KeyId, Expert, TrajectoryId);
}
