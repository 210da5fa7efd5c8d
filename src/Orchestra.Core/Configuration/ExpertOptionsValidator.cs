using Orchestra.Core.Experts;

namespace Orchestra.Core.Configuration;

/// <summary>Checks one expert's settings.</summary>
internal static class ExpertOptionsValidator
{
    private static readonly string[] Kinds = ["openai", "calculator", "search"];
    private static readonly string[] Skills = ["chat", "math", "code", "reasoning", "lookup", "summary", "translation", "tools", "vision"];

    /// <summary>Adds what is wrong.</summary>
    public static void Check(string name, ExpertOptions expert, List<string> errors)
    {
        var at = $"Orchestra:Experts:{name}";
        if (!ExpertName.IsValid(name))
            errors.Add($"{at}: an expert's name has 1 to 64 letters, digits, '.', '_' and '-', and is not '{ExpertCatalogue.ConductedModel}'.");
        if (!Kinds.Contains(expert.Kind))
            errors.Add($"{at}:Kind is '{expert.Kind}'; it must be one of {string.Join(", ", Kinds)}.");
        if (expert.Kind == "openai")
            CheckChat(at, expert, errors);
    }

    private static void CheckChat(string at, ExpertOptions expert, List<string> errors)
    {
        if (expert.Endpoint is null)
            errors.Add($"{at}:Endpoint is missing; give the base address, such as http://127.0.0.1:8000/v1.");
        else
            CheckEndpoint($"{at}:Endpoint", expert.Endpoint, errors);
        for (var i = 0; i < expert.Failover.Count; i++)
            CheckEndpoint($"{at}:Failover:{i}", expert.Failover[i], errors);
        Bounds.Check($"{at}:Failover (number of entries)", expert.Failover.Count, 0, 8, errors);
        CheckPrice(at, expert.Price, errors);
        foreach (var skill in expert.Skills.Where(skill => !Skills.Contains(skill, StringComparer.OrdinalIgnoreCase)))
            errors.Add($"{at}:Skills has '{skill}'; the skills are {string.Join(", ", Skills)}.");
        if (expert.MaxTokensField is not ("max_tokens" or "max_completion_tokens"))
            errors.Add($"{at}:MaxTokensField is '{expert.MaxTokensField}'; it must be max_tokens or max_completion_tokens.");
        if (expert.RefusedFields is { } refused && !RefusableFields.AreValid(refused))
            errors.Add($"{at}:RefusedFields {RefusableFields.Rule}");
        Bounds.Check($"{at}:ContextWindow", expert.ContextWindow, 256, 100_000_000, errors);
        Bounds.Check($"{at}:MaxOutputTokens", expert.MaxOutputTokens, 1, 100_000_000, errors);
        Bounds.Check($"{at}:MaxConcurrency", expert.MaxConcurrency, 1, 10_000, errors);
        Bounds.Check($"{at}:MaxQueue", expert.MaxQueue, 0, 100_000, errors);
        Bounds.Check($"{at}:Retries", expert.Retries, 0, 10, errors);
        Bounds.Check($"{at}:Replicas", expert.Replicas, 1, 1_000, errors);
        Bounds.Check($"{at}:GpuMemoryMb", expert.GpuMemoryMb, 0, 100_000_000, errors);
        var least = TimeSpan.FromMilliseconds(1);
        Bounds.Check($"{at}:QueueTimeout", expert.QueueTimeout, least, TimeSpan.FromMinutes(10), errors);
        Bounds.Check($"{at}:AttemptTimeout", expert.AttemptTimeout, least, TimeSpan.FromHours(1), errors);
        Bounds.Check($"{at}:IdleTimeout", expert.IdleTimeout, least, TimeSpan.FromHours(1), errors);
        Bounds.Check($"{at}:TotalTimeout", expert.TotalTimeout, least, TimeSpan.FromHours(1), errors);
    }

    private static void CheckEndpoint(string setting, string endpoint, List<string> errors)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            errors.Add($"{setting} is '{endpoint}'; give an absolute http or https address, such as http://127.0.0.1:8000/v1.");
        else if (uri.UserInfo.Length > 0)
            errors.Add($"{setting} holds a user name or password; put the key into an environment variable and name it in ApiKeyEnv.");
    }

    private static void CheckPrice(string at, PriceOptions? price, List<string> errors)
    {
        if (price is null)
        {
            errors.Add($"{at}:Price is missing; give InputPerMillion and OutputPerMillion in dollars, 0 for a model that costs nothing.");
            return;
        }

        CheckAmount($"{at}:Price:InputPerMillion", price.InputPerMillion, errors);
        CheckAmount($"{at}:Price:OutputPerMillion", price.OutputPerMillion, errors);
        CheckAmount($"{at}:Price:PerCall", price.PerCall, errors);
    }

    private static void CheckAmount(string setting, decimal dollars, List<string> errors)
    {
        if (dollars is < 0 or > 1_000_000 || dollars * 1_000_000_000 % 1 != 0)
            errors.Add($"{setting} is {dollars}; it must be from 0 to 1000000 dollars with at most nine decimal places.");
    }
}
