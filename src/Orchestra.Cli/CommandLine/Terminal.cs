using Spectre.Console;

namespace Orchestra.Cli.CommandLine;

/// <summary>What is special about writing for a person's terminal.</summary>
internal static class Terminal
{
    private const int WidthOfFiles = 160;

    /// <summary>A Spectre console on this writer, wide where the output is not a terminal.</summary>
    public static IAnsiConsole On(TextWriter writer)
    {
        var isTerminal = IsTerminal(writer);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        if (!isTerminal)
            console.Profile.Width = WidthOfFiles;
        return console;
    }

    /// <summary>Whether what is written here reaches a person's terminal, rather than a file or another program.</summary>
    public static bool IsTerminal(TextWriter writer) =>
        (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected) || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);

    /// <summary>The text without control characters: what a model wrote must not steer the user's terminal.</summary>
    public static string Clean(string text) => text.Any(IsHarmful) ? string.Concat(text.Select(letter => IsHarmful(letter) ? '\uFFFD' : letter)) : text;

    private static bool IsHarmful(char letter) => char.IsControl(letter) && letter is not ('\n' or '\t' or '\r');
}
