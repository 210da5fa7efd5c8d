namespace Orchestra.Core.Experts;

/// <summary>Which fields an expert may be set to refuse.</summary>
internal static class RefusableFields
{
    /// <summary>What is wrong with others, to follow the setting's name.</summary>
    public const string Rule = "must be at most 64 names of 1 to 128 characters, and neither model nor messages nor stream.";

    /// <summary>Whether these may be refused.</summary>
    public static bool AreValid(IReadOnlyList<string> names) =>
        names.Count <= 64 && names.All(name => name.Length is > 0 and <= 128 && name is not ("model" or "messages" or "stream"));
}
