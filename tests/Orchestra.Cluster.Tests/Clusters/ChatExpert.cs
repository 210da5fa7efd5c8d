namespace Orchestra.Cluster.Tests.Clusters;

/// <summary>Settings of experts, as <c>orchestra.json</c> has them.</summary>
internal static class ChatExpert
{
    public static readonly object Calculator = new { Kind = "calculator" };

    /// <summary>A paid chat model behind an upstream: one dollar a million tokens in, two out.</summary>
    public static object At(Uri endpoint, int gpuMemoryMb = 0, int replicas = 1, int maxConcurrency = 64, int maxQueue = 256) => new
    {
        Kind = "openai",
        Endpoint = endpoint.ToString(),
        Model = "upstream-model",
        Price = new { InputPerMillion = 1, OutputPerMillion = 2 },
        Skills = new[] { "chat", "tools" },
        ContextWindow = 4096,
        MaxOutputTokens = 1024,
        Retries = 0,
        GpuMemoryMb = gpuMemoryMb,
        Replicas = replicas,
        MaxConcurrency = maxConcurrency,
        MaxQueue = maxQueue,
    };
}
