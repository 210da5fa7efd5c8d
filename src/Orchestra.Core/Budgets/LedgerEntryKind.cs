namespace Orchestra.Core.Budgets;

/// <summary>What a ledger entry records; the numbers are stored and never change.</summary>
public enum LedgerEntryKind
{
    /// <summary>A hard limit was set, changed or removed.</summary>
    SetLimit = 1,

    /// <summary>Money was set aside for a call.</summary>
    Reserve = 2,

    /// <summary>A reservation grew, or its lease was renewed.</summary>
    Extend = 3,

    /// <summary>A reservation ended with what the call really cost.</summary>
    Settle = 4,

    /// <summary>A reservation's lease ran out, and what was reserved is billed.</summary>
    Expire = 5,

    /// <summary>A reservation ended at no cost, because its caller never learned of it.</summary>
    Release = 6,

    /// <summary>A limit was topped up for the present window, or for good where it covers all time.</summary>
    Grant = 7,

    /// <summary>A limit was raised until a date.</summary>
    Raise = 8,

    /// <summary>What is spent in a budget's present window was forgiven.</summary>
    Reset = 9,

    /// <summary>The tenant's time zone was set.</summary>
    SetTimeZone = 10,

    /// <summary>What is spent crossed a budget's warning line.</summary>
    Warn = 11,
}
