namespace Orchestra.Core.Budgets.Reports;

/// <summary>The words by which spend is grouped.</summary>
public static class SpendNames
{
    /// <summary>All of them, for messages.</summary>
    public const string All = "tenant, team, user, key, expert, day or metadata.NAME (a name in the keys' metadata)";

    private const string MetadataPrefix = "metadata.";

    /// <summary>Reads one.</summary>
    /// <param name="text">The word.</param>
    /// <param name="by">What it groups by; keys for metadata.</param>
    /// <param name="metadata">The name in the keys' metadata, or null.</param>
    public static bool TryParse(string? text, out SpendBy by, out string? metadata)
    {
        metadata = text?.StartsWith(MetadataPrefix, StringComparison.Ordinal) == true ? text[MetadataPrefix.Length..] : null;
        by = text switch
        {
            _ when metadata is not null => SpendBy.Key,
            "team" => SpendBy.Team,
            "user" => SpendBy.User,
            "key" => SpendBy.Key,
            "expert" => SpendBy.Expert,
            "day" => SpendBy.Day,
            _ => SpendBy.Tenant,
        };
        return metadata is not { Length: 0 } && (by != SpendBy.Tenant || text == "tenant");
    }

    /// <summary>The word.</summary>
    public static string Of(SpendQuery query) => query.By switch
    {
        _ when query.Metadata is { } metadata => MetadataPrefix + metadata,
        SpendBy.Team => "team",
        SpendBy.User => "user",
        SpendBy.Key => "key",
        SpendBy.Expert => "expert",
        SpendBy.Day => "day",
        _ => "tenant",
    };
}
