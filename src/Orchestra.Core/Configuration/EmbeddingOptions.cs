namespace Orchestra.Core.Configuration;

/// <summary>The endpoint that turns queries into vectors.</summary>
public sealed class EmbeddingOptions
{
    /// <summary>The base address, such as <c>http://127.0.0.1:8000/v1</c>. Default none: Orchestra makes the vectors itself.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The model's name at the endpoint, 1 to 256 characters. Required with an endpoint.</summary>
    public string? Model { get; set; }

    /// <summary>The environment variable that holds the endpoint's key. Default: no key is sent.</summary>
    public string? ApiKeyEnv { get; set; }

    /// <summary>Numbers of a vector. Default 256, from 16 to 4,096.</summary>
    public int Dimensions { get; set; } = 256;

    /// <summary>Whether the endpoint is asked for that length; false for a model that has one length only. Default true.</summary>
    public bool Shorten { get; set; } = true;

    /// <summary>How long a vector is waited for. Default one second, from one millisecond to one minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);
}
