namespace Orchestra.Core.Budgets;

/// <summary>The stretch of time that a budget covers.</summary>
public enum BudgetWindowKind
{
    /// <summary>All time.</summary>
    Total,

    /// <summary>One calendar hour.</summary>
    Hourly,

    /// <summary>One calendar day.</summary>
    Daily,

    /// <summary>One calendar week, from Monday.</summary>
    Weekly,

    /// <summary>One calendar month.</summary>
    Monthly,

    /// <summary>The last so many days at any moment.</summary>
    Rolling,
}
