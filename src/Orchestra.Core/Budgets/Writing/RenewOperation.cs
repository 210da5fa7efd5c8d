using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>Renews the lease of a reservation whose call is still under way on this host; nobody waits, and the next sweep tries again what failed.</summary>
internal sealed class RenewOperation(Reservation reservation, string operationId) : BudgetOperation(reservation.TenantId)
{
    public override IReadOnlyList<string> Related => [];

    public override void Answer()
    {
    }

    public override void Fail(Exception error)
    {
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled) =>
        account.Extend(reservation, operationId, Money.Zero, now, lease, recalled: true);
}
