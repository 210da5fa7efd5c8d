using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

internal sealed class ReserveOperation(Reservation reservation, TightBudgets tight, IReadOnlyList<int> lines) : AnsweredOperation<Reservation>(reservation.TenantId)
{
    public Reservation Reservation => reservation;

    /// <summary>Whether the caller holds the reservation now.</summary>
    public bool IsGranted => IsAccepted;

    public override IReadOnlyList<string> Related => [reservation.Id];

    public override void Answer()
    {
        if (IsAccepted)
            Succeed(reservation);
        else
            Fail(Refusal(reservation.Amount, reservation.Id));
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled)
    {
        var decision = account.Reserve(reservation, now, lease);
        tight.Note(account, reservation.Payer, lines, now);
        return decision;
    }
}
