using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>
/// The Polly pipelines of an expert: one circuit breaker for each endpoint, one retry around them. A failed attempt is a result, not an exception,
/// and the call is the state, so that an attempt that succeeds costs next to nothing. The time limits are <see cref="CallClock"/>'s.
/// </summary>
internal static class UpstreamPipelines
{
    /// <summary>The retry around attempts at all endpoints.</summary>
    public static ResiliencePipeline<UpstreamAttempt> Retry(OpenAIExpertOptions options, TimeProvider time)
    {
        var attempts = options.Retries + options.Endpoints.Count - 1;
        if (attempts == 0)
            return ResiliencePipeline<UpstreamAttempt>.Empty;
        return new ResiliencePipelineBuilder<UpstreamAttempt> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<UpstreamAttempt>
            {
                MaxRetryAttempts = attempts,
                Delay = options.RetryBaseDelay,
                MaxDelay = OpenAIExpertOptions.MaxRetryAfter,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result.Call is { ShouldRetry: true }),
                DelayGenerator = static args => ValueTask.FromResult(args.Outcome.Result.Call!.RetryDelay),
                OnRetry = static args =>
                {
                    args.Outcome.Result.Call!.LogRetry(args.RetryDelay);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>The circuit breaker of one endpoint.</summary>
    public static ResiliencePipeline<UpstreamAttempt> Circuit(OpenAIExpertOptions options, string endpoint, TimeProvider time, ILogger logger) =>
        new ResiliencePipelineBuilder<UpstreamAttempt> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<UpstreamAttempt>
            {
                FailureRatio = options.BreakerFailureRatio,
                MinimumThroughput = options.BreakerMinimumThroughput,
                SamplingDuration = options.BreakerSampling,
                BreakDuration = options.BreakerBreak,
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result.Call is { Fault.EndpointAtFault: true }),
                OnOpened = args =>
                {
                    OpenAIExpert.LogCircuitOpened(logger, options.Name, endpoint, args.BreakDuration.TotalSeconds);
                    return ValueTask.CompletedTask;
                },
                OnClosed = _ =>
                {
                    OpenAIExpert.LogCircuitClosed(logger, options.Name, endpoint);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
}
