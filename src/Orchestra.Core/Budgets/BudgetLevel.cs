namespace Orchestra.Core.Budgets;

/// <summary>Whose money a budget limits; the numbers are stored and never change.</summary>
public enum BudgetLevel
{
    /// <summary>The whole tenant.</summary>
    Tenant = 0,

    /// <summary>One of its teams.</summary>
    Team = 1,

    /// <summary>One of its users.</summary>
    User = 2,

    /// <summary>One of its API keys.</summary>
    Key = 3,
}
