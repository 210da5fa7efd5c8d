using System.Text;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Whether a prompt and its answer fit into an expert's context window.</summary>
internal static class ContextFit
{
    /// <summary>Output tokens that a query is taken to need where the client asked for no number.</summary>
    public const int ModestOutput = 512;

    /// <summary>Output tokens that one answer of the expert is expected to have at most.</summary>
    public static int OutputOf(ExpertDescriptor expert, ChatRequest request) =>
        Math.Min(Math.Max(1, request.MaxOutputTokens ?? ModestOutput), Math.Max(1, expert.MaxOutputTokens));

    /// <summary>Whether the query fits; an unknown window holds everything.</summary>
    public static bool Fits(ExpertDescriptor expert, ChatRequest request) => Fits(expert, request.LikelyPromptTokens, OutputOf(expert, request));

    /// <summary>Whether so many tokens fit; an unknown window holds everything.</summary>
    public static bool Fits(ExpertDescriptor expert, long promptTokens, int outputTokens) =>
        expert.ContextWindow <= 0 || promptTokens + outputTokens <= expert.ContextWindow;

    /// <summary>Whether the query still fits with messages added to it.</summary>
    public static bool Fits(ExpertDescriptor expert, ChatRequest request, IEnumerable<string> added) =>
        Fits(expert, request.LikelyPromptTokens + TokenEstimator.Likely(added.Sum(message => (long)Encoding.UTF8.GetByteCount(message))), OutputOf(expert, request));
}
