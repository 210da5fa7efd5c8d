using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

internal sealed class ExtendOperation(Reservation reservation, string operationId, Money more) : AnsweredOperation<Reservation>(reservation.TenantId)
{
    public override IReadOnlyList<string> Related => [operationId];

    public override void Answer()
    {
        if (IsAccepted)
            Succeed(more.IsZero ? reservation : reservation with { Amount = reservation.Amount + more });
        else
            Fail(Refusal(more, operationId));
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled) =>
        account.Extend(reservation, operationId, more, now, lease, recalled);
}
