namespace Orchestra.Grains.Conversations;

/// <summary>What is kept of a conversation between its requests, whichever silo serves the next one. It holds no text.</summary>
[GenerateSerializer, Alias("orchestra.conversation-state")]
public sealed record ConversationState
{
    /// <summary>Turns that are kept one by one; older ones count in the sums alone.</summary>
    public const int MostTurns = 32;

    /// <summary>Queries served so far.</summary>
    [Id(0)]
    public long Turns { get; set; }

    /// <summary>What they cost together, nano-dollars.</summary>
    [Id(1)]
    public long SpentNanos { get; set; }

    /// <summary>The latest turns, oldest first.</summary>
    [Id(2)]
    public List<ConversationTurn> Latest { get; set; } = [];

    /// <summary>Adds a turn.</summary>
    public void Add(ConversationTurn turn)
    {
        Turns++;
        SpentNanos += turn.CostNanos;
        Latest.Add(turn);
        if (Latest.Count > MostTurns)
            Latest.RemoveAt(0);
    }
}
