namespace Orchestra.Core.Experts.OpenAI;

/// <summary>Checks the settings of an expert behind an OpenAI-compatible endpoint.</summary>
public static class OpenAIExpertOptionsValidator
{
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>All that is wrong, one sentence each; empty where nothing is.</summary>
    public static IReadOnlyList<string> Validate(OpenAIExpertOptions options)
    {
        var problems = new List<string>();
        Require(options.Name.Length > 0, "An expert has no name.");
        Require(options.Model.Length is > 0 and <= 256, $"{options.Name}: Model must have 1 to 256 characters.");
        Require(options.Endpoints.Count is > 0 and <= 16, $"{options.Name}: give 1 to 16 endpoints.");
        foreach (var endpoint in options.Endpoints)
            Require(IsAddress(endpoint), $"{options.Name}: an endpoint must be an absolute http or https address without user or password, such as http://host:9101/v1.");
        Require(options.Proxy is not { } proxy || IsAddress(proxy), $"{options.Name}: Proxy must be an absolute http or https address without user or password.");
        Require(options.ApiKey is not { } key || (key.Length is > 0 and <= 4096 && key.All(c => c is > ' ' and < '\x7f')), $"{options.Name}: the key must be printable ASCII without spaces.");
        Require(options.MaxTokensField is "max_tokens" or "max_completion_tokens", $"{options.Name}: MaxTokensField must be max_tokens or max_completion_tokens.");
        Within(options.ContextWindow, 0, int.MaxValue, nameof(options.ContextWindow));
        Within(options.MaxOutputTokens, 1, int.MaxValue, nameof(options.MaxOutputTokens));
        Within(options.MaxConcurrency, 1, 10_000, nameof(options.MaxConcurrency));
        Within(options.MaxQueue, 0, 100_000, nameof(options.MaxQueue));
        Within(options.QueueTimeout, s_millisecond, TimeSpan.FromMinutes(10), nameof(options.QueueTimeout));
        Within(options.AttemptTimeout, s_millisecond, s_hour, nameof(options.AttemptTimeout));
        Within(options.IdleTimeout, s_millisecond, s_hour, nameof(options.IdleTimeout));
        Within(options.TotalTimeout, s_millisecond, s_day, nameof(options.TotalTimeout));
        Within(options.Retries, 0, 10, nameof(options.Retries));
        Within(options.RetryBaseDelay, TimeSpan.Zero, TimeSpan.FromSeconds(30), nameof(options.RetryBaseDelay));
        Within(options.BreakerFailureRatio, 0.001, 1, nameof(options.BreakerFailureRatio));
        Within(options.BreakerMinimumThroughput, 2, int.MaxValue, nameof(options.BreakerMinimumThroughput));
        Within(options.BreakerSampling, TimeSpan.FromMilliseconds(500), s_day, nameof(options.BreakerSampling));
        Within(options.BreakerBreak, TimeSpan.FromMilliseconds(500), s_day, nameof(options.BreakerBreak));
        Within(options.MaxReplyBytes, 1024, 1024 * 1024 * 1024, nameof(options.MaxReplyBytes));
        Within(options.MaxLineBytes, 1024, 256 * 1024 * 1024, nameof(options.MaxLineBytes));
        return problems;

        void Require(bool holds, string problem)
        {
            if (!holds)
                problems.Add(problem);
        }

        void Within<T>(T value, T least, T most, string name)
            where T : IComparable<T> =>
            Require(value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0, $"{options.Name}: {name} must lie between {least} and {most}.");
    }

    private static bool IsAddress(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.UserInfo.Length == 0;
}
