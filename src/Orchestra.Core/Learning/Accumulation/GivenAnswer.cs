using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Accumulation;

/// <summary>One answer of an expert to a query, from the query's own conversation or beside it.</summary>
/// <param name="Expert">The expert.</param>
/// <param name="ObservationId">The observation's number; null for a shadow answer.</param>
/// <param name="Text">The text; null where it was not kept, or where the expert asked for tools instead of answering.</param>
/// <param name="Usage">Tokens used.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Latency">How long it took.</param>
internal sealed record GivenAnswer(string Expert, int? ObservationId, string? Text, TokenUsage? Usage, Money Cost, TimeSpan Latency)
{
    /// <summary>Whether the text is there from its beginning to its end, where the final answer stands; a text near the longest may have been cut.</summary>
    public bool IsWhole => Text is { Length: > 0 and < Trajectory.MaxText - 1 };

    /// <summary>The answers of a trajectory: those that failed or were cut short, assessments and tool calls are none.</summary>
    public static IReadOnlyList<GivenAnswer> Of(Trajectory trajectory)
    {
        var answers = new List<GivenAnswer>();
        foreach (var step in trajectory.Steps)
        {
            if (step is { Move: "delegate", Error: null, ObservationId: not null })
                answers.Add(new(step.Target, step.ObservationId, Answered(step.Observation, step.FinishReason), step.Usage, step.Cost, step.Latency));
        }

        foreach (var shadow in trajectory.Shadows)
        {
            // One that ended for its length may have been cut by the budget of the tenant that pays for comparisons, which says nothing of the expert.
            if (shadow is { Error: null, FinishReason: not "length" })
                answers.Add(new(shadow.Expert, null, Answered(shadow.Text, shadow.FinishReason), shadow.Usage, shadow.Cost, shadow.Latency));
        }

        return answers;
    }

    private static string? Answered(string? text, string? finishReason) => finishReason is "tool_calls" or "function_call" ? null : text;
}
