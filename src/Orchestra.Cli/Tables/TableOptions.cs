using System.CommandLine;

namespace Orchestra.Cli.Tables;

/// <summary>The options of commands that read outcome tables.</summary>
internal static class TableOptions
{
    /// <summary>The tables.</summary>
    public static Option<string[]> Data() => new("--data")
    {
        Description = "Outcome tables, .jsonl or .jsonl.gz.",
        HelpName = "file",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };
}
