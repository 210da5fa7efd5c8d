namespace Orchestra.Core.Budgets.Writing;

internal sealed class SetLimitOperation(string tenantId, string operationId, Money? limit, BudgetWindow window) : AnsweredOperation<BudgetState>(tenantId)
{
    public override IReadOnlyList<string> Related => [operationId];

    public override bool ShowsState => true;

    public override void Answer()
    {
        if (IsAccepted)
            Succeed(State!);
        else
            Fail(Refusal(limit ?? Money.Max, operationId));
    }

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled) =>
        account.SetLimit(operationId, limit, window, now);
}
