namespace Orchestra.Core.Configuration;

/// <summary>Checks where budget warnings are posted to.</summary>
internal static class WebhookOptionsValidator
{
    private const int LeastSecret = 16;

    public static void Check(WebhookOptions options, List<string> errors)
    {
        const string at = "Orchestra:Budgets:Webhook";
        if (options.Url is null)
            return;
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            errors.Add($"{at}:Url is '{options.Url}'; give an http or https address.");
        if (string.IsNullOrWhiteSpace(options.SecretEnv))
            errors.Add($"{at}:SecretEnv is missing; name the environment variable that holds the secret shared with the receiver.");
        else if (Environment.GetEnvironmentVariable(options.SecretEnv) is not { Length: >= LeastSecret })
            errors.Add($"{at}:SecretEnv names {options.SecretEnv}, which is not set or has fewer than {LeastSecret} characters; set it to the output of 'openssl rand -hex 32'.");
    }
}
