namespace Orchestra.Core.Budgets.Reports;

/// <summary>What spend is grouped by.</summary>
public enum SpendBy
{
    /// <summary>The tenant.</summary>
    Tenant,

    /// <summary>The tenant's team; empty for calls of none.</summary>
    Team,

    /// <summary>The tenant's user; empty for calls of none.</summary>
    User,

    /// <summary>The API key.</summary>
    Key,

    /// <summary>The expert, over all tenants.</summary>
    Expert,

    /// <summary>The UTC day, over all tenants.</summary>
    Day,
}
