namespace Orchestra.Core.Budgets;

/// <summary>The stretch of time that a limit covers; calendar windows begin at midnight UTC.</summary>
public enum BudgetWindow
{
    /// <summary>All time.</summary>
    Total,

    /// <summary>One calendar day.</summary>
    Daily,

    /// <summary>One calendar month.</summary>
    Monthly,
}
