namespace Orchestra.Grains.Messages;

/// <summary>Which error of the domain a <see cref="Fault"/> stands for; the numbers never change.</summary>
public enum FaultKind
{
    /// <summary>An error with a stable code.</summary>
    Orchestra = 0,

    /// <summary>An expert that failed.</summary>
    Expert = 1,

    /// <summary>A budget that does not cover a call.</summary>
    Quota = 2,

    /// <summary>A call that was given up before anything was sent.</summary>
    NotSent = 3,

    /// <summary>A call that was given up.</summary>
    Cancelled = 4,

    /// <summary>A call that was not begun, since the silo is about to leave.</summary>
    Leaving = 5,
}
