using Orchestra.Core.Errors;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>An operation that waits for its decision and for the commit that makes it durable.</summary>
internal abstract class BudgetOperation(string tenantId)
{
    public string TenantId { get; } = tenantId;

    /// <summary>The account in the present batch.</summary>
    public LoadedAccount? Loaded { get; set; }

    /// <summary>The decision of the present try; null before it.</summary>
    public AccountDecision? Decision { get; set; }

    /// <summary>The account right after the decision, where the answer shows it.</summary>
    public BudgetState? State { get; private set; }

    /// <summary>Operations that the account has to remember to decide this one.</summary>
    public abstract IReadOnlyList<string> Related { get; }

    /// <summary>Whether the answer shows the account's state.</summary>
    public virtual bool ShowsState => false;

    /// <summary>Whether a store failure may not end it: what was spent is written once the store is back.</summary>
    public virtual bool IsKept => false;

    public AccountOutcome? Outcome => Decision?.Outcome;

    /// <summary>Whether the decision is only good if no other host has written since.</summary>
    public bool NeedsFreshAccount =>
        Outcome is AccountOutcome.Refused or AccountOutcome.Ended or AccountOutcome.Forgotten || (ShowsState && Outcome != AccountOutcome.Append);

    public void Decide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled)
    {
        var decision = OnDecide(account, now, lease, recalled);
        if (decision.Entry is { } entry)
            account.Propose(entry);
        Decision = decision;
        if (ShowsState || decision.Outcome == AccountOutcome.Refused)
            State = account.StateAt(now);
    }

    /// <summary>Answers the caller: everything that the decision stands on is durable.</summary>
    public abstract void Answer();

    public abstract void Fail(Exception error);

    protected abstract AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled);

    protected OrchestraException Refusal(Money asked, string operationId) => Outcome switch
    {
        AccountOutcome.Refused => new InsufficientQuotaException(State!, asked),
        AccountOutcome.Mismatch => new OrchestraException(
            ErrorCode.Conflict, 409, $"The operation {operationId} is recorded already with other contents; use a new id for a new operation."),
        AccountOutcome.Ended => new OrchestraException(
            ErrorCode.Conflict, 409, $"The reservation of the operation {operationId} has ended or never was; reserve again under a new id, and settle what was used."),
        AccountOutcome.BadAmount => OrchestraException.Invalid(
            "amount", $"The amount of the operation {operationId} is negative or too large; give one from 0 to ${Money.Max} in all."),
        _ => new OrchestraException(ErrorCode.Internal, 500, $"The operation {operationId} could not be decided; this is a fault of Orchestra, please report it."),
    };
}
