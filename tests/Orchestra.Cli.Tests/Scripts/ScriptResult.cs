namespace Orchestra.Cli.Tests.Scripts;

internal sealed record ScriptResult(int ExitCode, string Output, string Error);
