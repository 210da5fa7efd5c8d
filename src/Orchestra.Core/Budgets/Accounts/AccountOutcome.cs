namespace Orchestra.Core.Budgets.Accounts;

/// <summary>What an account decides about an operation.</summary>
public enum AccountOutcome
{
    /// <summary>The operation is good: its entry is to be appended.</summary>
    Append,

    /// <summary>Nothing is to be appended: the operation is recorded already with the same contents, or has no effect.</summary>
    AlreadyDone,

    /// <summary>A limit does not allow it.</summary>
    Refused,

    /// <summary>The operation's id is recorded already with other contents.</summary>
    Mismatch,

    /// <summary>The reservation has ended.</summary>
    Ended,

    /// <summary>The amount is negative or too large.</summary>
    BadAmount,

    /// <summary>The date lies behind, or too far ahead.</summary>
    BadDate,

    /// <summary>There is no such time zone.</summary>
    BadTimeZone,

    /// <summary>The level and the id make no scope.</summary>
    BadBudget,

    /// <summary>The warning lines are not rising per cents.</summary>
    BadLines,

    /// <summary>The budget has changed since the version that the change expects.</summary>
    Changed,

    /// <summary>The operation's id is empty, too long, or one of Orchestra's own.</summary>
    BadId,

    /// <summary>There is no such budget.</summary>
    NoBudget,

    /// <summary>The scope has too many budgets, or the budget too much extra money at once.</summary>
    TooMany,

    /// <summary>The account no longer remembers; the store is to be asked, and the answer given to <see cref="Account.Recall"/>.</summary>
    Forgotten,
}
