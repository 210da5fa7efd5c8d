using Polly;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>One address of an expert, with the circuit that opens when it fails.</summary>
/// <param name="Name">Host and port, for people.</param>
/// <param name="Address">The address of its chat completions.</param>
/// <param name="Circuit">The circuit breaker.</param>
internal sealed record UpstreamEndpoint(string Name, Uri Address, ResiliencePipeline<UpstreamAttempt> Circuit)
{
    /// <summary>The address of a resource under a base address; the base's query, such as an API version, stays.</summary>
    public static Uri AddressOf(Uri endpoint, string resource)
    {
        var address = new UriBuilder(endpoint) { Fragment = string.Empty };
        address.Path = string.Concat(address.Path.TrimEnd('/'), "/", resource);
        return address.Uri;
    }
}
