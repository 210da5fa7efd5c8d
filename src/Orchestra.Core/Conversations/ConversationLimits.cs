namespace Orchestra.Core.Conversations;

/// <summary>The hard limits around every query, whichever conductor decides.</summary>
public sealed record ConversationLimits
{
    /// <summary>Passes of the loop. Default 6, from 1 to 32.</summary>
    public int MaxTurns { get; init; } = 6;

    /// <summary>Time for the whole query, streaming included. Default one minute, from one millisecond to one hour.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Moves that may run side by side in one pass. Default 4, from 1 to 16.</summary>
    public int MaxFanOut { get; init; } = 4;

    /// <summary>Output tokens by which a stream's reservation grows. Default 256, from 16 to 8,192.</summary>
    public int OutputSlice { get; init; } = 256;

    /// <summary>Whether trajectories keep the texts of queries and observations. Default true.</summary>
    public bool KeepTexts { get; init; } = true;
}
