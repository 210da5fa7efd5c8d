using Microsoft.Extensions.Logging;

namespace Orchestra.Core.Experts.OpenAI;

/// <content>What it logs: names and numbers, never prompts, keys or bodies.</content>
public sealed partial class OpenAIExpert
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Expert {Expert}: attempt at {Endpoint} failed ({Error}); trying again in {DelayMs:F0} ms.")]
    internal static partial void LogRetry(ILogger logger, string expert, string endpoint, string error, double delayMs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expert {Expert}: {Endpoint} failed ({Error}); asking {Next} instead.")]
    internal static partial void LogFailover(ILogger logger, string expert, string endpoint, string error, string next);

    [LoggerMessage(Level = LogLevel.Error, Message = "Expert {Expert}: {Endpoint} failed too often and is left alone for {Seconds:F0} s.")]
    internal static partial void LogCircuitOpened(ILogger logger, string expert, string endpoint, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Expert {Expert}: {Endpoint} works again.")]
    internal static partial void LogCircuitClosed(ILogger logger, string expert, string endpoint);
}
