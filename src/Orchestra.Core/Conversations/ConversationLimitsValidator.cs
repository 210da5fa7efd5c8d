using Orchestra.Core.Configuration;

namespace Orchestra.Core.Conversations;

/// <summary>Checks the hard limits around every query.</summary>
internal static class ConversationLimitsValidator
{
    /// <summary>What is wrong, one sentence each; empty where all is well.</summary>
    public static IReadOnlyCollection<string> Errors(ConversationLimits limits)
    {
        var errors = new List<string>();
        Bounds.Check(nameof(limits.MaxTurns), limits.MaxTurns, 1, 32, errors);
        Bounds.Check(nameof(limits.Deadline), limits.Deadline, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), errors);
        Bounds.Check(nameof(limits.MaxFanOut), limits.MaxFanOut, 1, 16, errors);
        Bounds.Check(nameof(limits.OutputSlice), limits.OutputSlice, 16, 8_192, errors);
        return errors;
    }
}
