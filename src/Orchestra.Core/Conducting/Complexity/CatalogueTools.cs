using Orchestra.Core.Experts;

namespace Orchestra.Core.Conducting.Complexity;

/// <summary>The tools of the catalogue that the options let the conductor use.</summary>
internal static class CatalogueTools
{
    /// <summary>The kind of tool that does exact arithmetic.</summary>
    public const string Calculator = "calculator";

    /// <summary>The kind of tool that finds passages in the indexed documents.</summary>
    public const string Search = "search";

    /// <summary>The tools, in the order of their names.</summary>
    public static IEnumerable<ExpertDescriptor> Of(Situation situation, ComplexityOptions options) =>
        situation.Catalogue
            .Where(expert => !expert.IsChat && (options.Tools is null || options.Tools.Contains(expert.Name, StringComparer.Ordinal)))
            .OrderBy(expert => expert.Name, StringComparer.Ordinal);

    /// <summary>The first tool of a kind; null where there is none.</summary>
    public static ExpertDescriptor? First(Situation situation, ComplexityOptions options, string kind) =>
        Of(situation, options).FirstOrDefault(tool => tool.Kind == kind);

    /// <summary>What the conductor itself, rather than a model, observed of a tool; null where it has not called it.</summary>
    public static Observation? Called(Situation situation, ExpertDescriptor tool) =>
        situation.Observations.FirstOrDefault(observation => observation.Move is Move.CallTool { ToolCallId: null } call && call.Tool == tool.Name);
}
