using Orchestra.Core.Budgets;
using Orchestra.Core.Configuration;
using Orchestra.Core.Experts;
using Orchestra.Core.Experts.OpenAI;

namespace Orchestra.Hosting.Experts;

/// <summary>Turns a chat expert's settings into what the expert itself takes.</summary>
public static class ChatExperts
{
    /// <summary>The expert's options with all names resolved.</summary>
    /// <param name="name">The expert's name.</param>
    /// <param name="expert">Its settings, checked.</param>
    /// <param name="environment">Reads environment variables.</param>
    /// <param name="notes">Takes a sentence on anything that an operator should know.</param>
    public static OpenAIExpertOptions Resolve(string name, ExpertOptions expert, Func<string, string?> environment, List<string> notes)
    {
        var apiKey = expert.ApiKeyEnv is { } variable ? environment(variable) : null;
        if (expert.ApiKeyEnv is not null && string.IsNullOrEmpty(apiKey))
            notes.Add($"{name}: the environment variable {expert.ApiKeyEnv} is not set, so no key is sent.");
        var options = new OpenAIExpertOptions
        {
            Name = name,
            Endpoints = [.. expert.Failover.Prepend(expert.Endpoint!).Select(endpoint => new Uri(endpoint))],
            Model = expert.Model ?? name,
            ApiKey = string.IsNullOrEmpty(apiKey) ? null : apiKey,
            Price = PriceOf(expert.Price!),
            ContextWindow = expert.ContextWindow,
            MaxOutputTokens = expert.MaxOutputTokens,
            MaxTokensField = expert.MaxTokensField,
            Streams = expert.Streams,
            RefusedFields = expert.RefusedFields,
            MaxConcurrency = expert.MaxConcurrency,
            MaxQueue = expert.MaxQueue,
            QueueTimeout = expert.QueueTimeout,
            AttemptTimeout = expert.AttemptTimeout,
            IdleTimeout = expert.IdleTimeout,
            TotalTimeout = expert.TotalTimeout,
            Retries = expert.Retries,
        };
        return expert.Skills.Count == 0 ? options : options with { Skills = new HashSet<string>(expert.Skills, StringComparer.OrdinalIgnoreCase) };
    }

    private static ExpertPrice PriceOf(PriceOptions price) =>
        new(Money.FromDollars(price.InputPerMillion), Money.FromDollars(price.OutputPerMillion), Money.FromDollars(price.PerCall));
}
