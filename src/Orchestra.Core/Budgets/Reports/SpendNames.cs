namespace Orchestra.Core.Budgets.Reports;

/// <summary>The words by which spend is grouped.</summary>
public static class SpendNames
{
    /// <summary>All of them, for messages.</summary>
    public const string All = "tenant, team, user, key, expert or day";

    /// <summary>Reads one.</summary>
    public static bool TryParse(string? text, out SpendBy by)
    {
        by = text switch
        {
            "team" => SpendBy.Team,
            "user" => SpendBy.User,
            "key" => SpendBy.Key,
            "expert" => SpendBy.Expert,
            "day" => SpendBy.Day,
            _ => SpendBy.Tenant,
        };
        return by != SpendBy.Tenant || text == "tenant";
    }

    /// <summary>The word.</summary>
    public static string Of(SpendBy by) => by switch
    {
        SpendBy.Team => "team",
        SpendBy.User => "user",
        SpendBy.Key => "key",
        SpendBy.Expert => "expert",
        SpendBy.Day => "day",
        _ => "tenant",
    };
}
