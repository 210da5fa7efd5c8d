namespace Orchestra.Grains.Messages;

/// <summary>The kinds of changes of budgets; the numbers never change.</summary>
public enum BudgetChangeKind
{
    /// <summary>Sets a limit.</summary>
    SetLimit = 0,

    /// <summary>Removes a limit.</summary>
    Remove = 1,

    /// <summary>Adds money for the present window.</summary>
    Grant = 2,

    /// <summary>Adds money until a date.</summary>
    Raise = 3,

    /// <summary>Forgives what is spent.</summary>
    Reset = 4,

    /// <summary>Sets the time zone.</summary>
    SetTimeZone = 5,
}
