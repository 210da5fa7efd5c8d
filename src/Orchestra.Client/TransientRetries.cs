using System.ClientModel.Primitives;

namespace Orchestra.Client;

/// <summary>The SDK's retries, less those that Orchestra says are in vain.</summary>
internal sealed class TransientRetries() : ClientRetryPolicy(maxRetries: 2)
{
    private const string ShouldRetryHeader = "x-should-retry";

    /// <inheritdoc/>
    protected override bool ShouldRetry(PipelineMessage message, Exception? exception) => !IsInVain(message) && base.ShouldRetry(message, exception);

    /// <inheritdoc/>
    protected override ValueTask<bool> ShouldRetryAsync(PipelineMessage message, Exception? exception) =>
        IsInVain(message) ? new ValueTask<bool>(false) : base.ShouldRetryAsync(message, exception);

    /// <summary>Whether the gateway said that a retry does not help.</summary>
    public static bool IsInVain(PipelineResponse? response) => response is not null && response.Headers.TryGetValue(ShouldRetryHeader, out var value) && value == "false";

    private static bool IsInVain(PipelineMessage message) => IsInVain(message.Response);
}
