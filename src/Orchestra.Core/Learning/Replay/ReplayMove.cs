namespace Orchestra.Core.Learning.Replay;

/// <summary>A move in a replayed episode.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Expert">The index of the expert to ask, or of the one whose answer is verified or given.</param>
public readonly record struct ReplayMove(ReplayMoveKind Kind, int Expert)
{
    /// <summary>Ask an expert.</summary>
    public static ReplayMove Delegate(int expert) => new(ReplayMoveKind.Delegate, expert);

    /// <summary>Let the verifiers look at an expert's answer.</summary>
    public static ReplayMove Verify(int expert) => new(ReplayMoveKind.Verify, expert);

    /// <summary>Give an expert's answer to the client, which ends the episode.</summary>
    public static ReplayMove Finish(int expert) => new(ReplayMoveKind.Finish, expert);
}
