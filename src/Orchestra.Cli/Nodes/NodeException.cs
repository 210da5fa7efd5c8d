using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Nodes;

/// <summary>A node that gave no answer, in one sentence for the user and one code for programs.</summary>
/// <param name="message">What is wrong and what to change.</param>
/// <param name="code">The node's error code, or <c>connection_failed</c>, <c>timeout</c>, <c>invalid_reply</c>, <c>http_500</c> and the like.</param>
/// <param name="inner">What caused it.</param>
internal sealed class NodeException(string message, string code, Exception? inner = null) : CommandException(message, inner: inner)
{
    /// <summary>Why there is no answer.</summary>
    public string Code { get; } = code;

    /// <summary>What the node said of the query all the same.</summary>
    public NodeReport Report { get; init; } = NodeReport.None;
}
