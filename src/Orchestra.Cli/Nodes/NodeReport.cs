using Orchestra.Gateway;

namespace Orchestra.Cli.Nodes;

/// <summary>What a node says of a query in its response's headers.</summary>
/// <param name="TrajectoryId">The trajectory; null where the node names none.</param>
/// <param name="Cost">Dollars as an exact decimal string; null where the node names none.</param>
/// <param name="Experts">The experts that were asked.</param>
internal sealed record NodeReport(string? TrajectoryId, string? Cost, IReadOnlyList<string> Experts)
{
    private const int MaxExperts = 64;

    /// <summary>The report where there is no response.</summary>
    public static NodeReport None { get; } = new(null, null, []);

    /// <summary>Reads the headers.</summary>
    public static NodeReport Of(HttpResponseMessage response)
    {
        var experts = Header(response, ResponseHeaders.Experts) ?? string.Empty;
        return new NodeReport(
            Header(response, ResponseHeaders.Trajectory),
            Header(response, ResponseHeaders.Cost),
            [.. experts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(MaxExperts)]);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
