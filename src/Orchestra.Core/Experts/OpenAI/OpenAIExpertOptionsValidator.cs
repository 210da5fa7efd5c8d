using Orchestra.Core.Configuration;

namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Checks the settings of an expert behind an OpenAI-compatible endpoint.</summary>
public static class OpenAIExpertOptionsValidator
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What is wrong, one sentence each; empty where all is well.</summary>
    public static IReadOnlyCollection<string> Errors(OpenAIExpertOptions options)
    {
        var errors = new List<string>();
        Require(options.Name.Length > 0, "An expert has no name.");
        Require(options.Model.Length is > 0 and <= 256, $"{options.Name}: Model must have 1 to 256 characters.");
        Require(options.Endpoints.Count is > 0 and <= 16, $"{options.Name}: give 1 to 16 endpoints.");
        foreach (var endpoint in options.Endpoints)
            Require(IsAddress(endpoint), $"{options.Name}: an endpoint must be an absolute http or https address without user or password, such as http://host:9101/v1.");
        Require(options.Proxy is not { } proxy || IsAddress(proxy), $"{options.Name}: Proxy must be an absolute http or https address without user or password.");
        Require(options.ApiKey is not { } key || (key.Length is > 0 and <= 4096 && key.All(c => c is > ' ' and < '\x7f')), $"{options.Name}: the key must be printable ASCII without spaces.");
        Require(options.MaxTokensField is "max_tokens" or "max_completion_tokens", $"{options.Name}: MaxTokensField must be max_tokens or max_completion_tokens.");
        Require(options.RefusedFields is not { } refused || RefusableFields.AreValid(refused), $"{options.Name}: RefusedFields {RefusableFields.Rule}");
        Bounds.Check($"{options.Name}: {nameof(options.ContextWindow)}", options.ContextWindow, 0, int.MaxValue, errors);
        Bounds.Check($"{options.Name}: {nameof(options.MaxOutputTokens)}", options.MaxOutputTokens, 1, int.MaxValue, errors);
        Bounds.Check($"{options.Name}: {nameof(options.MaxConcurrency)}", options.MaxConcurrency, 1, 10_000, errors);
        Bounds.Check($"{options.Name}: {nameof(options.MaxQueue)}", options.MaxQueue, 0, 100_000, errors);
        Bounds.Check($"{options.Name}: {nameof(options.QueueTimeout)}", options.QueueTimeout, Millisecond, TimeSpan.FromMinutes(10), errors);
        Bounds.Check($"{options.Name}: {nameof(options.AttemptTimeout)}", options.AttemptTimeout, Millisecond, Hour, errors);
        Bounds.Check($"{options.Name}: {nameof(options.IdleTimeout)}", options.IdleTimeout, Millisecond, Hour, errors);
        Bounds.Check($"{options.Name}: {nameof(options.TotalTimeout)}", options.TotalTimeout, Millisecond, Day, errors);
        Bounds.Check($"{options.Name}: {nameof(options.Retries)}", options.Retries, 0, 10, errors);
        Bounds.Check($"{options.Name}: {nameof(options.RetryBaseDelay)}", options.RetryBaseDelay, TimeSpan.Zero, TimeSpan.FromSeconds(30), errors);
        Bounds.Check($"{options.Name}: {nameof(options.BreakerFailureRatio)}", options.BreakerFailureRatio, 0.001, 1, errors);
        Bounds.Check($"{options.Name}: {nameof(options.BreakerMinimumThroughput)}", options.BreakerMinimumThroughput, 2, int.MaxValue, errors);
        Bounds.Check($"{options.Name}: {nameof(options.BreakerSampling)}", options.BreakerSampling, TimeSpan.FromMilliseconds(500), Day, errors);
        Bounds.Check($"{options.Name}: {nameof(options.BreakerBreak)}", options.BreakerBreak, TimeSpan.FromMilliseconds(500), Day, errors);
        Bounds.Check($"{options.Name}: {nameof(options.MaxReplyBytes)}", options.MaxReplyBytes, 1024, 1024 * 1024 * 1024, errors);
        Bounds.Check($"{options.Name}: {nameof(options.MaxLineBytes)}", options.MaxLineBytes, 1024, 256 * 1024 * 1024, errors);
        return errors;

        void Require(bool holds, string error)
        {
            if (!holds)
                errors.Add(error);
        }
    }

    private static bool IsAddress(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.UserInfo.Length == 0;
}
