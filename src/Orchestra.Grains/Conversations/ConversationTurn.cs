namespace Orchestra.Grains.Conversations;

/// <summary>One query of a conversation.</summary>
/// <param name="TrajectoryId">Its trajectory, which tells moves and observations.</param>
/// <param name="Experts">The experts that were asked, in order.</param>
/// <param name="CostNanos">What it cost, nano-dollars.</param>
/// <param name="Tokens">Tokens of all calls.</param>
/// <param name="EndedAt">When its answer ended.</param>
[GenerateSerializer, Immutable, Alias("orchestra.conversation-turn")]
public sealed record ConversationTurn(
    [property: Id(0)] string TrajectoryId, [property: Id(1)] string[] Experts, [property: Id(2)] long CostNanos, [property: Id(3)] long Tokens, [property: Id(4)] DateTimeOffset EndedAt);
