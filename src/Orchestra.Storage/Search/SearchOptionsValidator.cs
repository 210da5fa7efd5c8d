using Orchestra.Core.Configuration;

namespace Orchestra.Storage.Search;

/// <summary>Checks a search index's options and reports all that is wrong at once.</summary>
internal static class SearchOptionsValidator
{
    /// <summary>What is wrong, one sentence each; empty where all is well.</summary>
    public static IReadOnlyCollection<string> Errors(SearchOptions options)
    {
        var errors = new List<string>();
        Require(nameof(options.Folder), options.Folder, errors);
        Require(nameof(options.DatabasePath), options.DatabasePath, errors);
        Bounds.Check(nameof(options.RescanInterval), options.RescanInterval, TimeSpan.Zero, TimeSpan.FromDays(1), errors);
        Bounds.Check(nameof(options.RescanWait), options.RescanWait, TimeSpan.Zero, TimeSpan.FromMinutes(1), errors);
        Bounds.Check(nameof(options.MaxFileBytes), options.MaxFileBytes, 1024, 64 * 1024 * 1024, errors);
        Bounds.Check(nameof(options.MaxFiles), options.MaxFiles, 1, 1_000_000, errors);
        Bounds.Check(nameof(options.PassageWords), options.PassageWords, 20, 2_000, errors);
        Bounds.Check(nameof(options.MaxQueryLength), options.MaxQueryLength, 16, 65_536, errors);
        Bounds.Check(nameof(options.Results), options.Results, 1, 20, errors);
        Bounds.Check(nameof(options.MaxPassageLength), options.MaxPassageLength, 100, 20_000, errors);
        Bounds.Check(nameof(options.MaxConcurrency), options.MaxConcurrency, 1, 256, errors);
        return errors;
    }

    private static void Require(string name, string value, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(value))
            errors.Add($"{name} is missing; give a path.");
    }
}
