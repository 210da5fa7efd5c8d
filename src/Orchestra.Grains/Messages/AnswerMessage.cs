using Orchestra.Core.Budgets;
using Orchestra.Core.Conversations;

namespace Orchestra.Grains.Messages;

/// <summary>A whole <see cref="Answer"/> on its way to another silo.</summary>
/// <param name="TrajectoryId">The query's trajectory.</param>
/// <param name="Experts">The experts that were asked.</param>
/// <param name="CostNanos">What the query cost, nano-dollars.</param>
/// <param name="Tokens">Tokens of all calls.</param>
/// <param name="Body">The answer, JSON in OpenAI's format.</param>
[GenerateSerializer, Immutable, Alias("orchestra.answer")]
public sealed record AnswerMessage(
    [property: Id(0)] string TrajectoryId, [property: Id(1)] string[] Experts, [property: Id(2)] long CostNanos, [property: Id(3)] long Tokens, [property: Id(4)] ReadOnlyMemory<byte> Body)
{
    /// <summary>The message of an answer.</summary>
    public static AnswerMessage Of(Answer answer) => new(answer.TrajectoryId, [.. answer.Experts], answer.Cost.Nanos, answer.Tokens, answer.Body);

    /// <summary>The answer again.</summary>
    public Answer ToAnswer() => new() { TrajectoryId = TrajectoryId, Experts = Experts, Body = Body, CostSource = () => new Money(CostNanos), TokenSource = () => Tokens };
}
