using Orchestra.Core.Errors;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>The refusals of the conductor, each with what to change.</summary>
internal static class Refusals
{
    private const int MaxNames = 12;
    private const int MaxMessage = 400;

    /// <summary>No expert of the catalogue suits: why, and what to configure.</summary>
    public static Decision NoneSuits(Situation situation, Assessment assessment, string? searchError)
    {
        if (SuitableExperts.Of(situation, assessment.Task, ofAnySize: true).Steps is { Count: > 0 } tooSmall)
            return TooLong(situation, assessment, tooSmall);

        var names = situation.Catalogue.Select(expert => expert.Name).Order(StringComparer.Ordinal).Take(MaxNames).Select(name => $"'{name}'").ToList();
        var catalogue = names.Count == 0 ? "the catalogue is empty" : $"the catalogue holds {string.Join(", ", names)}";
        var need = situation.Request.MediaParts > 0
            ? "images or other media (skill 'vision')"
            : $"this query (kind of work: {assessment.Task.ToString().ToLowerInvariant()})";
        var search = searchError is null ? string.Empty : $" The search failed: {Excerpt.Head(searchError, MaxMessage)}";
        var change = !situation.Catalogue.Any(expert => expert.IsChat)
            ? "Set OPENAI_API_KEY, start Ollama, or add an expert under Orchestra:Experts in orchestra.json."
            : "Add the skill to an expert under Orchestra:Experts in orchestra.json ('chat' makes it good for everything), set OPENAI_API_KEY, or start Ollama.";
        return Refuse(ErrorCode.NoExpert, $"No expert can answer {need}: {catalogue}.{search} {change}", "No expert of the catalogue suits the query.", assessment);
    }

    /// <summary>Every expert that was asked failed: the last error, and whose it is.</summary>
    public static Decision AllFailed(Observation last, Assessment assessment)
    {
        var code = last.ErrorCode ?? ErrorCode.UpstreamFailed;
        var message = last.ErrorMessage ?? "it asked for tools instead of answering";
        return Refuse(
            code, $"No expert could answer; the last one asked, '{last.Expert}', failed: {Excerpt.Head(message, MaxMessage)}",
            $"Every expert that suits failed, '{last.Expert}' last.", assessment);
    }

    private static Decision TooLong(Situation situation, Assessment assessment, IReadOnlyList<ExpertDescriptor> tooSmall)
    {
        var largest = tooSmall.OrderByDescending(expert => expert.ContextWindow).ThenBy(expert => expert.Name, StringComparer.Ordinal).First();
        return Refuse(
            ErrorCode.ContextLengthExceeded,
            $"The prompt is about {situation.Request.LikelyPromptTokens} tokens and its answer needs {ContextFit.OutputOf(largest, situation.Request)}, " +
            $"but the largest context window, that of '{largest.Name}', holds {largest.ContextWindow}. Shorten the prompt, ask for fewer output tokens, or add an expert with a larger window.",
            "The prompt does not fit into any context window.", assessment);
    }

    private static Decision Refuse(string code, string message, string reason, Assessment assessment) =>
        new(new Move.Refuse(code, message), reason, assessment);
}
