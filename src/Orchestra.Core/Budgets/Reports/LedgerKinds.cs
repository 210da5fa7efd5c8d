namespace Orchestra.Core.Budgets.Reports;

/// <summary>The words for the kinds of entries.</summary>
public static class LedgerKinds
{
    private static readonly string[] Names = ["set_limit", "reserve", "extend", "settle", "expire", "release", "grant", "raise", "reset", "set_time_zone", "warn"];

    /// <summary>All of them, for messages.</summary>
    public static string All { get; } = string.Join(", ", Names);

    /// <summary>The word for a kind.</summary>
    public static string NameOf(LedgerEntryKind kind) => Names[(int)kind - 1];

    /// <summary>Reads a word.</summary>
    public static bool TryParse(string text, out LedgerEntryKind kind)
    {
        kind = (LedgerEntryKind)(Array.IndexOf(Names, text) + 1);
        return kind != default;
    }
}
