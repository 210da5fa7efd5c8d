using Orchestra.Core.Budgets;

namespace Orchestra.Grains.Messages;

/// <summary>A <see cref="Reservation"/> on its way to another silo.</summary>
/// <param name="Id">The reservation's id.</param>
/// <param name="TenantId">The tenant.</param>
/// <param name="TeamId">The key's team, or empty.</param>
/// <param name="UserId">The key's user, or empty.</param>
/// <param name="KeyId">The API key.</param>
/// <param name="Expert">The expert that the money is for.</param>
/// <param name="TrajectoryId">The query's trajectory.</param>
/// <param name="AmountNanos">What is set aside in all, nano-dollars.</param>
[GenerateSerializer, Immutable, Alias("orchestra.reservation")]
public sealed record ReservationMessage(
    [property: Id(0)] string Id, [property: Id(1)] string TenantId, [property: Id(2)] string TeamId, [property: Id(3)] string UserId, [property: Id(4)] string KeyId,
    [property: Id(5)] string Expert, [property: Id(6)] string TrajectoryId, [property: Id(7)] long AmountNanos)
{
    /// <summary>The message of a reservation.</summary>
    public static ReservationMessage Of(Reservation reservation) => new(
        reservation.Id, reservation.Payer.TenantId, reservation.Payer.TeamId, reservation.Payer.UserId, reservation.Payer.KeyId, reservation.Expert, reservation.TrajectoryId,
        reservation.Amount.Nanos);

    /// <summary>The reservation again.</summary>
    public Reservation ToReservation() => new(Id, new Payer(TenantId, TeamId, UserId, KeyId), Expert, TrajectoryId, new Money(AmountNanos));
}
