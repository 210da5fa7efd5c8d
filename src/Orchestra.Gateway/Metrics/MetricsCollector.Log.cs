using Microsoft.Extensions.Logging;

namespace Orchestra.Gateway.Metrics;

/// <content>What it says.</content>
public sealed partial class MetricsCollector
{
    [LoggerMessage(LogLevel.Warning, "Some metrics could not be read and are missing from /metrics.")]
    private partial void LogUnread(Exception exception);
}
