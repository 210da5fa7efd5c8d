using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orchestra.Cli.CommandLine;

/// <summary>The options that say which node to talk to and with which key.</summary>
internal static class NodeOptions
{
    public const string KeyVariable = "ORCHESTRA_API_KEY";
    public const string AdminKeyVariable = "ORCHESTRA_ADMIN_KEY";
    private const int MaxKeyLength = 1024;

    public static Option<Uri> Url() => new("--url")
    {
        Description = "The node's address.",
        HelpName = "address",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        CustomParser = ParseAddress,
    };

    public static Option<string?> Key() => new("--key") { Description = $"The API key; default: the environment variable {KeyVariable}.", HelpName = "key" };

    public static Option<string?> AdminKey() => new("--admin-key") { Description = $"The admin key; default: the environment variable {AdminKeyVariable}.", HelpName = "key" };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON for programs." };

    /// <summary>The option's value, else the variable's; a usage error where both are empty.</summary>
    public static string RequireKey(string? given, string option, string variable, string advice)
    {
        var key = string.IsNullOrWhiteSpace(given) ? Environment.GetEnvironmentVariable(variable) : given;
        if (string.IsNullOrWhiteSpace(key))
            throw new CommandException($"No key was given. Set {variable} or pass {option}. {advice}", ExitCode.Usage);
        key = key.Trim();
        // Checked here, because the HTTP library's own complaint would quote the key.
        return key.Length <= MaxKeyLength && key.All(letter => letter is > ' ' and < '\x7f')
            ? key
            : throw new CommandException($"What {variable} or {option} holds is not a key: a key is one word of printable ASCII. {advice}", ExitCode.Usage);
    }

    internal static Uri? ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0)
        {
            // People paste the base address of an OpenAI client.
            var path = url.AbsolutePath.TrimEnd('/');
            return new Uri(url, path.EndsWith("/v1", StringComparison.Ordinal) ? path[..^2] : path + '/');
        }

        result.AddError($"--url is '{text}', which is not an address such as http://127.0.0.1:8080, without a user name.");
        return null;
    }
}
