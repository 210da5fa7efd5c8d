using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>Ends a reservation whose lease is over; nobody waits, and the next sweep tries again what failed.</summary>
internal sealed class ExpireOperation(string tenantId, string reservationId) : BudgetOperation(tenantId)
{
    public string ReservationId => reservationId;

    public override IReadOnlyList<string> Related => [];

    public override void Answer()
    {
    }

    public override void Fail(Exception error)
    {
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled) => account.Expire(reservationId, now);
}
