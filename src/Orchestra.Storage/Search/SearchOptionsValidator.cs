using Orchestra.Core.Errors;

namespace Orchestra.Storage.Search;

/// <summary>Checks a search index's options and reports all that is wrong at once.</summary>
public static class SearchOptionsValidator
{
    /// <summary>What is wrong, one sentence each; empty where all is well.</summary>
    public static IReadOnlyList<string> Errors(SearchOptions options)
    {
        var errors = new List<string>();
        Require(errors, nameof(options.Folder), options.Folder);
        Require(errors, nameof(options.DatabasePath), options.DatabasePath);
        Check(errors, nameof(options.RescanInterval), options.RescanInterval, TimeSpan.Zero, TimeSpan.FromDays(1));
        Check(errors, nameof(options.RescanWait), options.RescanWait, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Check(errors, nameof(options.MaxFileBytes), options.MaxFileBytes, 1024, 64 * 1024 * 1024);
        Check(errors, nameof(options.MaxFiles), options.MaxFiles, 1, 1_000_000);
        Check(errors, nameof(options.PassageWords), options.PassageWords, 20, 2_000);
        Check(errors, nameof(options.MaxQueryLength), options.MaxQueryLength, 16, 65_536);
        Check(errors, nameof(options.Results), options.Results, 1, 20);
        Check(errors, nameof(options.MaxPassageLength), options.MaxPassageLength, 100, 20_000);
        Check(errors, nameof(options.MaxConcurrency), options.MaxConcurrency, 1, 256);
        return errors;
    }

    internal static void ThrowIfWrong(SearchOptions options)
    {
        var errors = Errors(options);
        if (errors.Count > 0)
            throw new OrchestraException(ErrorCode.InvalidConfiguration, 500, string.Join(' ', errors));
    }

    private static void Require(List<string> errors, string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            errors.Add($"The search option '{name}' is missing: give a path.");
    }

    private static void Check<T>(List<string> errors, string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            errors.Add($"The search option '{name}' is {value}: give a value from {least} to {most}.");
    }
}
