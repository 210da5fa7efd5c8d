using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>An operation that waits for its decision and for the commit that makes it durable.</summary>
internal abstract class BudgetOperation(string tenantId)
{
    public string TenantId { get; } = tenantId;

    /// <summary>The account in the present batch.</summary>
    public LoadedAccount? Loaded { get; set; }

    /// <summary>The decision of the present try; null before it.</summary>
    public AccountDecision? Decision { get; private set; }

    /// <summary>Warnings that fire because of it; null where there are none.</summary>
    public List<LedgerEntry>? Warnings { get; private set; }

    /// <summary>Whether everything that the decision stands on is durable.</summary>
    public bool IsDone { get; set; }

    /// <summary>The account right after the decision, where the answer shows it.</summary>
    public AccountState? State { get; private set; }

    /// <summary>Operations that the account has to remember to decide this one.</summary>
    public abstract IReadOnlyList<string> Related { get; }

    /// <summary>Whether the answer shows the account's state.</summary>
    public virtual bool ShowsState => false;

    /// <summary>Whose budgets the answer shows; null for all.</summary>
    public virtual Payer? ShownTo => null;

    /// <summary>Whether a store failure may not end it: what was spent is written once the store is back.</summary>
    public virtual bool IsKept => false;

    public AccountOutcome? Outcome => Decision?.Outcome;

    /// <summary>Whether the decision is only good if no other host has written since.</summary>
    public bool NeedsFreshAccount => Outcome is not (AccountOutcome.Append or AccountOutcome.AlreadyDone) || (ShowsState && Outcome != AccountOutcome.Append);

    public void Decide(Account account, DateTimeOffset now, LedgerBudgetsOptions options, bool recalled)
    {
        var decision = OnDecide(account, now, options.Lease, recalled);
        Decision = decision;
        Warnings = null;
        if (decision.Outcome == AccountOutcome.Append)
        {
            account.Propose(decision.Entry);
            if (decision.Entry is { Kind: LedgerEntryKind.Settle or LedgerEntryKind.Expire, Payer: { } payer })
                Warn(account, payer, now, options.WarningLines);
        }

        if (ShowsState)
            State = account.StateAt(now, ShownTo);
    }

    /// <summary>Forgets the decision, so that the next try makes it anew.</summary>
    public void Undecide() => Decision = null;

    /// <summary>Answers the caller: everything that the decision stands on is durable.</summary>
    public abstract void Answer();

    public abstract void Fail(Exception error);

    protected abstract AccountDecision OnDecide(Account account, DateTimeOffset now, TimeSpan lease, bool recalled);

    protected OrchestraException Refusal(Money asked, string operationId) => Outcome switch
    {
        AccountOutcome.Refused => new InsufficientQuotaException(Decision!.Value.Refusal!, asked),
        AccountOutcome.Mismatch => new OrchestraException(
            ErrorCode.Conflict, 409, $"The operation {operationId} is recorded already with other contents; use a new id for a new operation."),
        AccountOutcome.Ended => new OrchestraException(
            ErrorCode.Conflict, 409, $"The reservation of the operation {operationId} has ended or never was; reserve again under a new id, and settle what was used."),
        AccountOutcome.BadAmount => OrchestraException.Invalid(
            "amount", $"The amount of the operation {operationId} is negative, zero where it must not be, or too large; give one up to ${Money.Max} in all."),
        AccountOutcome.BadDate => OrchestraException.Invalid("until", "The date is not ahead, or more than ten years ahead; give one in the future, with its offset from UTC."),
        AccountOutcome.BadTimeZone => OrchestraException.Invalid("time_zone", "There is no such time zone on this machine; give an IANA name such as Europe/Berlin."),
        AccountOutcome.BadBudget => OrchestraException.Invalid("scope", "The scope is a level with its id: tenant, team:ID, user:ID or key:ID."),
        AccountOutcome.BadLines => OrchestraException.Invalid("warn_at", "Warning lines are at most ten whole per cents from 1 to 100, each higher than the one before."),
        AccountOutcome.Changed => new OrchestraException(
            ErrorCode.PreconditionFailed, 412, "This was changed since the version that you saw, or never had it. Read it again and decide anew."),
        AccountOutcome.BadId => OrchestraException.Invalid("id", "The operation's id is empty, longer than 128 characters, or begins with warn/; give another one."),
        AccountOutcome.NoBudget => new OrchestraException(ErrorCode.NotFound, 404, "There is no limit for this scope and window; set one first."),
        AccountOutcome.TooMany => OrchestraException.Invalid(
            "window", "The scope has 16 windows with budgets, or the budget 64 grants and raises at once; use those, or wait until some have ended."),
        _ => new OrchestraException(ErrorCode.Internal, 500, $"The operation {operationId} could not be decided; this is a fault of Orchestra, please report it."),
    };

    private void Warn(Account account, Payer payer, DateTimeOffset now, IReadOnlyList<int> lines)
    {
        while (account.Warn(payer, lines, now) is { Outcome: AccountOutcome.Append, Entry: var warning })
        {
            account.Propose(warning);
            (Warnings ??= []).Add(warning);
        }
    }
}
