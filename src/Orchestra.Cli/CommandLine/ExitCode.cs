namespace Orchestra.Cli.CommandLine;

/// <summary>What every command tells the shell.</summary>
public static class ExitCode
{
    /// <summary>It did what was asked.</summary>
    public const int Ok = 0;

    /// <summary>It failed; standard error says why and what to change.</summary>
    public const int Failure = 1;

    /// <summary>The command line itself is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The user interrupted it.</summary>
    public const int Interrupted = 130;
}
