namespace Orchestra.Core.Configuration;

/// <summary>Where budget warnings are posted to.</summary>
public sealed class WebhookOptions
{
    /// <summary>The address, http or https. Default none: warnings are only logged and counted.</summary>
    public string? Url { get; set; }

    /// <summary>The environment variable that holds the secret by which the posts are signed, 16 characters or more. Required with an address.</summary>
    public string? SecretEnv { get; set; }
}
