using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts.Calculator;

namespace Orchestra.Cli.Serve;

/// <summary>Makes the node's conductor.</summary>
internal static class NodeConductor
{
    /// <summary>The conductor that the configuration names.</summary>
    public static IConductor Create(ConductorOptions options, TimeProvider time) => new ComplexityConductor(
        new ComplexityOptions
        {
            Threshold = options.Threshold,
            Analyser = options.Analyser,
            SearchFirst = options.SearchFirst,
            MaxToolCalls = options.MaxFanOut,
        },
        text => ArithmeticQuestion.TryRead(text, out var expression) ? expression : null,
        time);
}
