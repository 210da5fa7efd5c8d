using System.Globalization;

namespace Orchestra.Core.Learning.Evaluation.OffPolicy;

/// <summary>Says in plain sentences where an estimate does not carry a decision.</summary>
internal static class OffPolicyCautions
{
    private const double FewQueries = 50;
    private const double WideScore = 0.05;
    private const double MuchUnsupported = 0.01;

    /// <summary>The sentences for a report.</summary>
    public static IReadOnlyList<string> Of(OffPolicyReport report)
    {
        var cautions = new List<string>();
        if (report.UnknownExperts.Count > 0)
            cautions.Add($"The configuration does not describe these experts, whose queries are left out: {string.Join(", ", report.UnknownExperts)}.");
        if (report.Queries == 0)
        {
            cautions.Add("No query can be used: set Orchestra:Conductor:Kind to learned and Orchestra:Conductor:Explore above 0, and keep texts (Orchestra:Trajectories:KeepTexts).");
            return cautions;
        }

        if (report.IsCut)
            cautions.Add(Text($"Only the first {report.Queries:N0} queries were used; choose a later part with --since."));
        if (report.Unsupported > MuchUnsupported)
            cautions.Add(Text($"In {report.Unsupported:0.0%} of the decisions the candidate wants a move that the policy which served could not have made: of these the predictions alone speak, and they may be wrong."));
        if (report.Score is null)
            cautions.Add("Nobody said how good any of these answers was: without scores from POST /v1/feedback only the cost can be estimated.");
        else
            AddOverlap(report.Score, cautions);
        if (report.Score is { } score && score.Value.StandardError * 2 > WideScore)
            cautions.Add(Text($"The interval of the candidate's score is wide (±{2 * score.Value.StandardError:0.000}): it does not tell the candidate from a policy that is a good deal better or worse. More queries with feedback, or more exploration, narrow it."));
        else if (report.Score is { Gain.Interval: { Low: <= 0, High: >= 0 } })
            cautions.Add("The interval of the difference in score holds 0: this log does not tell the two apart in score.");
        if (report.Dollars is { Clipped: > 0 } dollars)
            cautions.Add(Text($"{dollars.Clipped:N0} queries had a weight above {dollars.MaxWeight:0.##}, which was cut: the estimate leans on the predictions there. --max-weight sets the bound."));
        return cautions;
    }

    private static void AddOverlap(OffPolicyEstimate score, List<string> cautions)
    {
        if (score.EffectiveSampleSize < FewQueries)
        {
            cautions.Add(Text($"The log holds little of what the candidate would do: its {score.Queries:N0} queries with a score are worth {score.EffectiveSampleSize:0.0} of the candidate's own, too few to trust the interval. Raise Orchestra:Conductor:Explore, or gather more."));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
