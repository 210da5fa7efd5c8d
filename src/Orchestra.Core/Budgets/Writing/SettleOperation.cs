using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

internal sealed class SettleOperation(Reservation reservation, Money actual) : AnsweredOperation<bool>(reservation.TenantId)
{
    public Reservation Reservation => reservation;

    public Money Actual => actual;

    /// <summary>What the account held for it when it was decided; null where the reservation had ended.</summary>
    public Money? Held { get; private set; }

    public override IReadOnlyList<string> Related => [reservation.Id];

    public override bool IsKept => true;

    public override void Answer()
    {
        if (IsAccepted)
            Succeed(true);
        else
            Fail(Refusal(actual, reservation.Id));
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled)
    {
        Held = account.Open.TryGetValue(reservation.Id, out var held) ? held.Amount : null;
        return account.Settle(reservation, actual, now, recalled);
    }
}
