namespace Orchestra.Core.Experts;

/// <summary>What a conductor may know of an expert.</summary>
public sealed record ExpertDescriptor
{
    /// <summary>The expert's name in the catalogue, by which clients and trajectories call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is: <c>openai</c>, <c>calculator</c>, <c>search</c>, <c>custom</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it charges.</summary>
    public ExpertPrice Price { get; init; }

    /// <summary>What it is good at: <c>chat</c>, <c>math</c>, <c>code</c>, <c>reasoning</c>, <c>lookup</c>, <c>summary</c>, <c>translation</c>, <c>tools</c>, <c>vision</c>.</summary>
    public IReadOnlySet<string> Skills { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Tokens of prompt and answer together; 0 where it is unknown.</summary>
    public int ContextWindow { get; init; }

    /// <summary>Tokens that one answer may have at most.</summary>
    public int MaxOutputTokens { get; init; } = 4096;

    /// <summary>Top-level fields of requests that it does not take, since they change its price. Default: none.</summary>
    public IReadOnlyList<string> RefusedFields { get; init; } = [];

    /// <summary>The tool that it is, for experts that take arguments instead of messages; null for chat models.</summary>
    public ToolDefinition? Tool { get; init; }

    /// <summary>
    /// Whether it can show all the output that it charges for while it gives it, so that money is set aside slice by slice; otherwise all that a call may
    /// cost is. Default: true.
    /// </summary>
    public bool Streams { get; init; } = true;

    /// <summary>Whether it answers messages, as a chat model does.</summary>
    public bool IsChat => Tool is null;
}
