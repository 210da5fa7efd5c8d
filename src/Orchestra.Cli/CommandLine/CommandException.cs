namespace Orchestra.Cli.CommandLine;

/// <summary>Ends a command with one sentence for the user and an exit code.</summary>
/// <param name="message">What is wrong and what to change.</param>
/// <param name="exitCode">One of <see cref="CommandLine.ExitCode"/>.</param>
/// <param name="inner">What caused it.</param>
public class CommandException(string message, int exitCode = ExitCode.Failure, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="CommandLine.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
