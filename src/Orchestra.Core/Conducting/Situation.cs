using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting;

/// <summary>All that a conductor decides on.</summary>
public sealed record Situation
{
    /// <summary>The query.</summary>
    public required ChatRequest Request { get; init; }

    /// <summary>Who asks; what is remembered between queries must not be shared across tenants.</summary>
    public string TenantId { get; init; } = string.Empty;

    /// <summary>The experts that may be asked, tools included.</summary>
    public required IReadOnlyList<ExpertDescriptor> Catalogue { get; init; }

    /// <summary>What was observed so far, in order.</summary>
    public IReadOnlyList<Observation> Observations { get; init; } = [];

    /// <summary>The present pass of the loop, from 1.</summary>
    public int Turn { get; init; } = 1;

    /// <summary>Passes that are left, this one included.</summary>
    public int TurnsLeft { get; init; } = 6;

    /// <summary>Spent on this query so far.</summary>
    public Money Spent { get; init; }

    /// <summary>Time left until the deadline.</summary>
    public TimeSpan TimeLeft { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How far the tightest budget is used up; null where none is near its end.</summary>
    public BudgetUsage? Budget { get; init; }

    /// <summary>The tenant's weights, shifted towards cost where a budget is near its end.</summary>
    public Preference Preference { get; init; } = Preference.Default;
}
