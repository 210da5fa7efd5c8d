using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Core.Experts.Discovery;

/// <summary>What the machine has.</summary>
/// <param name="Experts">The experts that were found, with unique names.</param>
/// <param name="Report">Plain sentences that say what was found and what was looked for.</param>
public sealed record DiscoveredExperts(IReadOnlyList<OpenAIExpertOptions> Experts, IReadOnlyList<string> Report);
