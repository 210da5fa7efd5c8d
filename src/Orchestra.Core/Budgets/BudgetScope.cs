namespace Orchestra.Core.Budgets;

/// <summary>One tenant, team, user or key, as a budget of a tenant's account names it.</summary>
/// <param name="Level">The level.</param>
/// <param name="Id">The team, user or key; empty for the tenant itself.</param>
public readonly record struct BudgetScope(BudgetLevel Level, string Id)
{
    /// <summary>The longest id.</summary>
    public const int LongestId = 64;

    /// <summary>The tenant itself.</summary>
    public static readonly BudgetScope Tenant = new(BudgetLevel.Tenant, string.Empty);

    /// <summary>A team.</summary>
    public static BudgetScope Team(string id) => new(BudgetLevel.Team, id);

    /// <summary>A user.</summary>
    public static BudgetScope User(string id) => new(BudgetLevel.User, id);

    /// <summary>A key.</summary>
    public static BudgetScope Key(string id) => new(BudgetLevel.Key, id);

    /// <summary>Whether the level is known and the id fits it.</summary>
    public bool IsValid => Level switch
    {
        BudgetLevel.Tenant => Id is { Length: 0 },
        BudgetLevel.Team or BudgetLevel.User or BudgetLevel.Key => Id is { Length: > 0 and <= LongestId },
        _ => false,
    };

    /// <summary>Reads <c>tenant</c>, <c>team:ID</c>, <c>user:ID</c> or <c>key:ID</c>.</summary>
    public static bool TryParse(string? text, out BudgetScope scope)
    {
        scope = Tenant;
        if (text == "tenant")
            return true;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0)
            return false;
        var id = text![(colon + 1)..];
        scope = text.AsSpan(0, colon) switch
        {
            "team" => Team(id),
            "user" => User(id),
            "key" => Key(id),
            _ => default,
        };
        return scope.IsValid;
    }

    /// <summary><c>tenant</c>, <c>team:ID</c>, <c>user:ID</c> or <c>key:ID</c>.</summary>
    public override string ToString() => Level switch
    {
        BudgetLevel.Tenant => "tenant",
        BudgetLevel.Team => "team:" + Id,
        BudgetLevel.User => "user:" + Id,
        _ => "key:" + Id,
    };
}
