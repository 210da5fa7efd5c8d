namespace Orchestra.Core.Budgets;

/// <summary>What a ledger entry records; the numbers are stored and never change.</summary>
public enum LedgerEntryKind
{
    /// <summary>The hard limit was set, changed or removed.</summary>
    SetLimit = 1,

    /// <summary>Money was set aside for a call.</summary>
    Reserve = 2,

    /// <summary>A reservation grew, or its lease was renewed.</summary>
    Extend = 3,

    /// <summary>A reservation ended with what the call really cost; zero releases it.</summary>
    Settle = 4,

    /// <summary>A reservation's lease ran out, and what was reserved is billed.</summary>
    Expire = 5,
}
