using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>Reads an account, and so loads it: its expired reservations are found by the next sweep.</summary>
internal sealed class ReadOperation(string tenantId, Payer? payer = null) : AnsweredOperation<AccountState>(tenantId)
{
    /// <summary>Whether the account holds open reservations.</summary>
    public bool HasOpen { get; private set; }

    public override IReadOnlyList<string> Related => [];

    public override bool ShowsState => true;

    public override Payer? ShownTo => payer;

    public override void Answer() => Succeed(State!);

    protected override AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled)
    {
        HasOpen = account.Open.Count > 0;
        return new(AccountOutcome.AlreadyDone);
    }
}
