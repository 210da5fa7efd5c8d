namespace Orchestra.Core.Conversations;

/// <summary>The move from which a streamed answer comes.</summary>
/// <param name="ObservationId">The observation's number.</param>
/// <param name="Turn">The pass of the loop.</param>
/// <param name="Reason">Why the conductor made the move.</param>
/// <param name="Started">When the call began, a timestamp of the clock.</param>
internal readonly record struct StreamOrigin(int ObservationId, int Turn, string Reason, long Started);
