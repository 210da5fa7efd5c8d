using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>Ends, at no cost, a reservation whose caller never learned of it, because it went away or the store failed.</summary>
internal sealed class ReleaseOperation(Reservation reservation) : BudgetOperation(reservation.TenantId)
{
    public string ReservationId => reservation.Id;

    /// <summary>Whether the reservation was asked for again under the same id, and granted, before this could be done.</summary>
    public bool IsObsolete { get; set; }

    public override IReadOnlyList<string> Related => [];

    public override bool IsKept => true;

    public override void Answer()
    {
    }

    public override void Fail(Exception error)
    {
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled) =>
        IsObsolete ? new(AccountOutcome.AlreadyDone) : account.Release(reservation.Id, now);
}
