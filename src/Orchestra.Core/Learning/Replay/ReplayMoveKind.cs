namespace Orchestra.Core.Learning.Replay;

/// <summary>The kinds of moves in a replayed episode.</summary>
public enum ReplayMoveKind
{
    /// <summary>Ask an expert that was not asked yet.</summary>
    Delegate,

    /// <summary>Let the verifiers look at an answer.</summary>
    Verify,

    /// <summary>Give an answer to the client.</summary>
    Finish,
}
