namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Everything that one expert behind an OpenAI-compatible endpoint needs to know, with all names resolved.</summary>
public sealed record OpenAIExpertOptions
{
    /// <summary>The expert's name in the catalogue. Required.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Base addresses such as <c>http://host:9101/v1</c>, http or https, without user or password. The first is preferred, the others are for
    /// failover. Required, 1 to 16.
    /// </summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>The model's name at the endpoint. Required, 1 to 256 characters.</summary>
    public required string Model { get; init; }

    /// <summary>The key, sent as bearer and shown nowhere; printable ASCII. Default: none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The proxy to go through. Default: none, whatever the environment says.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>What it charges. Default: nothing.</summary>
    public ExpertPrice Price { get; init; }

    /// <summary>What it is good at, see <see cref="ExpertDescriptor.Skills"/>. Default: <c>chat</c>.</summary>
    public IReadOnlySet<string> Skills { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "chat" };

    /// <summary>Tokens of prompt and answer together. Default: 0, unknown; never negative.</summary>
    public int ContextWindow { get; init; }

    /// <summary>Tokens that one answer may have at most. Default: 4096; at least 1.</summary>
    public int MaxOutputTokens { get; init; } = 4096;

    /// <summary>The endpoint's name for the output limit. Default: <c>max_tokens</c>; or <c>max_completion_tokens</c>.</summary>
    public string MaxTokensField { get; init; } = "max_tokens";

    /// <summary>
    /// Whether the endpoint streams, and shows all the output that it charges for while it gives it; otherwise it is only asked for whole replies, and all
    /// that a call may cost is held. Default: true.
    /// </summary>
    public bool Streams { get; init; } = true;

    /// <summary>
    /// Top-level fields of requests that this expert does not take, since they change its price. Default: <c>service_tier</c> where it charges anything,
    /// none otherwise; at most 64 names.
    /// </summary>
    public IReadOnlyList<string>? RefusedFields { get; init; }

    /// <summary>Calls under way at once. Default: 64; 1 to 10,000.</summary>
    public int MaxConcurrency { get; init; } = 64;

    /// <summary>Calls that wait for one of these places. Default: 256; 0 to 100,000.</summary>
    public int MaxQueue { get; init; } = 256;

    /// <summary>How long a call waits for a place. Default: 10 s; 1 ms to 10 min.</summary>
    public TimeSpan QueueTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take to the reply's headers, or a stream's first event. Default: 60 s; 1 ms to 1 h.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a reply that has begun may stall. Default: 60 s; 1 ms to 1 h.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call may take in all, retries and a stream's last byte included. Default: 5 min; 1 ms to 24 h.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Attempts after the first one, on top of one at each further endpoint. Default: 2; 0 to 10.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The wait before the first retry; it doubles each time, with jitter. Default: 200 ms; 0 to 30 s.</summary>
    public TimeSpan RetryBaseDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The share of failures at which an endpoint's circuit opens. Default: 0.5; above 0, up to 1.</summary>
    public double BreakerFailureRatio { get; init; } = 0.5;

    /// <summary>Attempts within the sampling time before the circuit may open. Default: 20; at least 2.</summary>
    public int BreakerMinimumThroughput { get; init; } = 20;

    /// <summary>The time over which failures are counted. Default: 30 s; 500 ms to 24 h.</summary>
    public TimeSpan BreakerSampling { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit stays open. Default: 15 s; 500 ms to 24 h.</summary>
    public TimeSpan BreakerBreak { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes that a whole reply may have. Default: 16 MiB; 1 KiB to 1 GiB.</summary>
    public int MaxReplyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Bytes that one event of a stream may have. Default: 1 MiB; 1 KiB to 256 MiB.</summary>
    public int MaxLineBytes { get; init; } = 1024 * 1024;

    /// <summary>The longest <c>Retry-After</c> that is waited for; after a longer one another endpoint is asked, or none.</summary>
    public static readonly TimeSpan MaxRetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>Names the expert and where it is, never its key.</summary>
    public override string ToString() => $"{Name} ({Model} at {string.Join(", ", Endpoints.Select(endpoint => endpoint.Authority))})";
}
