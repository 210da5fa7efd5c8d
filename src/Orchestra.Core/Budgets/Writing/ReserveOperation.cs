namespace Orchestra.Core.Budgets.Writing;

internal sealed class ReserveOperation(Reservation reservation) : AnsweredOperation<Reservation>(reservation.TenantId)
{
    public Reservation Reservation => reservation;

    public override IReadOnlyList<string> Related => [reservation.Id, Account.ReleaseId(reservation.Id), Account.SettleId(reservation.Id)];

    public override void Answer()
    {
        if (IsAccepted)
            Succeed(reservation);
        else
            Fail(Refusal(reservation.Amount, reservation.Id));
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled) => account.Reserve(reservation, now, lease);
}
