namespace Orchestra.Gateway;

/// <summary>The response headers that Orchestra adds to OpenAI's API.</summary>
public static class ResponseHeaders
{
    /// <summary>The query's trajectory, to be read under <c>/admin/trajectories</c>.</summary>
    public const string Trajectory = "x-orchestra-trajectory";

    /// <summary>What the query cost, dollars as an exact decimal string; on streams an event-stream comment before <c>[DONE]</c> says it.</summary>
    public const string Cost = "x-orchestra-cost-usd";

    /// <summary>The experts that were asked, in order, separated by commas.</summary>
    public const string Experts = "x-orchestra-experts";

    /// <summary>Tells official clients not to retry.</summary>
    public const string ShouldRetry = "x-should-retry";
}
