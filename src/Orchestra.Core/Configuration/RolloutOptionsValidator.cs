namespace Orchestra.Core.Configuration;

/// <summary>Checks how the rollout of policies is followed and judged.</summary>
internal static class RolloutOptionsValidator
{
    /// <summary>Adds every error of the section.</summary>
    public static void Check(RolloutOptions options, List<string> errors)
    {
        const string at = "Orchestra:Learning:Rollout";
        // A value that is no number compares as smaller than every bound.
        Bounds.Check($"{at}:FalseRollbackRate", options.FalseRollbackRate, 0.000001, 0.2, errors);
        Bounds.Check($"{at}:CostTolerance", options.CostTolerance, 0.0, 10, errors);
        Bounds.Check($"{at}:RejectionTolerance", options.RejectionTolerance, 0.0, 1, errors);
        Bounds.Check($"{at}:MinQueries", options.MinQueries, 50, 1_000_000, errors);
        Bounds.Check($"{at}:FeedbackWindow", options.FeedbackWindow, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1), errors);
        Bounds.Check($"{at}:Poll", options.Poll, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), errors);
    }
}
