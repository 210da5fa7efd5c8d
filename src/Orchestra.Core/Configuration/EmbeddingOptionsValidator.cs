using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Configuration;

/// <summary>Checks the endpoint that turns queries into vectors.</summary>
internal static class EmbeddingOptionsValidator
{
    private const int LeastDimensions = 16;
    private const int MostKey = 4_096;

    /// <summary>Adds what is wrong.</summary>
    public static void Check(EmbeddingOptions options, List<string> errors)
    {
        const string at = "Orchestra:Learning:Embeddings";
        Bounds.Check($"{at}:Dimensions", options.Dimensions, LeastDimensions, OutcomeMemory.MaxDimensions, errors);
        Bounds.Check($"{at}:Timeout", options.Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1), errors);
        if (options.Endpoint is not { } endpoint)
            return;
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            errors.Add($"{at}:Endpoint is '{endpoint}'; give an absolute http or https address, such as http://127.0.0.1:8000/v1.");
        else if (uri.UserInfo.Length > 0)
            errors.Add($"{at}:Endpoint holds a user name or password; put the key into an environment variable and name it in ApiKeyEnv.");
        if (options.Model is not { Length: > 0 and <= 256 })
            errors.Add($"{at}:Model must have 1 to 256 characters; give the model's name at the endpoint.");
        if (options.ApiKeyEnv is { } name && Environment.GetEnvironmentVariable(name) is not { Length: > 0 })
            errors.Add($"{at}:ApiKeyEnv names {name}, which is not set; set it to the endpoint's key, or leave ApiKeyEnv away.");
        else if (options.ApiKeyEnv is { } variable && !IsKey(Environment.GetEnvironmentVariable(variable)!))
            errors.Add($"{at}:ApiKeyEnv names {variable}, which holds no key; a key is printable ASCII without spaces.");
    }

    private static bool IsKey(string key) => key.Length <= MostKey && key.All(character => character is > ' ' and < '\x7f');
}
