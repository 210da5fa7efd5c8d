using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

internal sealed class ChangeOperation(string tenantId, BudgetChange change) : AnsweredOperation<AccountState>(tenantId)
{
    public override IReadOnlyList<string> Related => [change.OperationId];

    public override bool ShowsState => true;

    public override void Answer()
    {
        if (IsAccepted)
            Succeed(State!);
        else
            Fail(Refusal(Money.Zero, change.OperationId));
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled) => account.Change(change, now, recalled);
}
