using Orchestra.Cli.CommandLine;

namespace Orchestra.Cli.Ask;

/// <summary>Finds the question: the argument, or what was piped in.</summary>
internal static class QuestionReader
{
    /// <summary>Characters that a piped question may have: what the gateway's default body limit takes.</summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    public static async Task<string> ReadAsync(string? argument, TextReader? piped, CancellationToken ct)
    {
        var question = argument is null or "-" ? await ReadPipedAsync(piped, ct) : argument;
        return string.IsNullOrWhiteSpace(question)
            ? throw new CommandException("There is no question. Try: ./orchestra ask \"What is 12.5% of 3/7?\"", ExitCode.Usage)
            : question;
    }

    private static async Task<string?> ReadPipedAsync(TextReader? piped, CancellationToken ct)
    {
        if (piped is null)
            return null;
        var buffer = new char[8192];
        var text = new System.Text.StringBuilder();
        int read;
        while ((read = await piped.ReadAsync(buffer.AsMemory(), ct)) > 0)
        {
            if (text.Append(buffer, 0, read).Length > MaxCharacters)
                throw new CommandException($"The question is longer than {MaxCharacters} characters.", ExitCode.Usage);
        }

        return text.ToString();
    }
}
