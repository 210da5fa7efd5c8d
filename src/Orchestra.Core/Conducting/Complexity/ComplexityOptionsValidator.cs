using Orchestra.Core.Configuration;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Checks how the complexity conductor decides.</summary>
internal static class ComplexityOptionsValidator
{
    /// <summary>What is wrong, one sentence each; empty where all is well.</summary>
    public static IReadOnlyCollection<string> Errors(ComplexityOptions options)
    {
        var errors = new List<string>();
        Bounds.Check(nameof(options.Threshold), options.Threshold, 1, 11, errors);
        Bounds.Check(nameof(options.AnalyseFrom), options.AnalyseFrom, 1, 10, errors);
        Bounds.Check(nameof(options.MaxToolCalls), options.MaxToolCalls, 1, 16, errors);
        Bounds.Check(nameof(options.LeastTime), options.LeastTime, TimeSpan.Zero, TimeSpan.FromMinutes(10), errors);
        Bounds.Check(nameof(options.RememberedAssessments), options.RememberedAssessments, 0, 1_000_000, errors);
        Bounds.Check(nameof(options.RememberFor), options.RememberFor, TimeSpan.FromSeconds(1), TimeSpan.FromDays(365), errors);
        return errors;
    }
}
