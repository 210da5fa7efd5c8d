namespace Orchestra.Core.Configuration;

/// <summary>One expert as the configuration describes it; which properties apply depends on <see cref="Kind"/>.</summary>
public sealed class ExpertOptions
{
    /// <summary><c>openai</c>, <c>calculator</c> or <c>search</c>. Required.</summary>
    public string Kind { get; set; } = string.Empty;

    /// <summary>openai: the base address, such as <c>http://127.0.0.1:9101/v1</c>. Required.</summary>
    public string? Endpoint { get; set; }

    /// <summary>openai: further base addresses of the same model, asked when the first fails. Default none, at most 8.</summary>
    public List<string> Failover { get; set; } = [];

    /// <summary>openai: the model's name at the endpoint. Default: the expert's name.</summary>
    public string? Model { get; set; }

    /// <summary>openai: the environment variable that holds the endpoint's key. Default: no key is sent.</summary>
    public string? ApiKeyEnv { get; set; }

    /// <summary>openai: what it charges; required, all zeros for a model that costs nothing.</summary>
    public PriceOptions? Price { get; set; }

    /// <summary>openai: what it is good at: chat, math, code, reasoning, lookup, summary, translation, tools, vision. Default: a generalist.</summary>
    public List<string> Skills { get; set; } = [];

    /// <summary>openai: tokens of prompt and answer together. Default 32,768; from 256 to 100,000,000.</summary>
    public int ContextWindow { get; set; } = 32_768;

    /// <summary>openai: tokens that one answer may have at most. Default 4,096; from 1 to 100,000,000; never more than the context window leaves.</summary>
    public int MaxOutputTokens { get; set; } = 4_096;

    /// <summary>openai: the upstream's name for the output limit. Default <c>max_tokens</c>; OpenAI's newer models take <c>max_completion_tokens</c>.</summary>
    public string MaxTokensField { get; set; } = "max_tokens";

    /// <summary>openai: whether the upstream streams and shows all the output that it charges for; otherwise all that a call may cost is held. Default true.</summary>
    public bool Streams { get; set; } = true;

    /// <summary>openai: top-level request fields that are refused, since they change the price. Default: <c>service_tier</c> where it costs anything.</summary>
    public List<string>? RefusedFields { get; set; }

    /// <summary>openai: calls under way at once. Default 64, from 1 to 10,000.</summary>
    public int MaxConcurrency { get; set; } = 64;

    /// <summary>openai: calls that may wait for a place. Default 256, from 0 to 100,000.</summary>
    public int MaxQueue { get; set; } = 256;

    /// <summary>openai: how long a call may wait for a place. Default 10 s.</summary>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>openai: how long one attempt may take until its first byte. Default 60 s.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>openai: how long a stream may pause. Default 60 s.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>openai: how long a call may take with all its attempts. Default 5 minutes.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>openai: attempts after the first. Default 2, from 0 to 10.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>openai, in a cluster: how many replicas there are. Default 1, from 1 to 1,000.</summary>
    public int Replicas { get; set; } = 1;

    /// <summary>openai, in a cluster: GPU memory that a replica takes of its silo, MiB. Default 0.</summary>
    public int GpuMemoryMb { get; set; }

    /// <summary>search: the folder of Markdown and text, relative to the working folder. Default: Orchestra's own documentation.</summary>
    public string? Folder { get; set; }
}
