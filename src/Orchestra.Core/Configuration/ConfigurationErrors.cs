using Orchestra.Core.Errors;

namespace Orchestra.Core.Configuration;

/// <summary>Refuses settings that are wrong; what is wrong is said at once and whole.</summary>
public static class ConfigurationErrors
{
    /// <summary>Throws <see cref="OrchestraException"/> with all errors, one a line, where there is any.</summary>
    public static void ThrowIfAny(IReadOnlyCollection<string> errors)
    {
        if (errors.Count == 0)
            return;
        var count = errors.Count == 1 ? "1 error" : $"{errors.Count} errors";
        throw new OrchestraException(ErrorCode.InvalidConfiguration, 500, $"The configuration has {count}:\n  - {string.Join("\n  - ", errors)}");
    }
}
