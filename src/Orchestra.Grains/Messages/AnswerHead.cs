namespace Orchestra.Grains.Messages;

/// <summary>What is known of a streamed answer before its first chunk.</summary>
/// <param name="TrajectoryId">The query's trajectory.</param>
/// <param name="Experts">The experts that were asked.</param>
[GenerateSerializer, Immutable, Alias("orchestra.answer-head")]
public sealed record AnswerHead([property: Id(0)] string TrajectoryId, [property: Id(1)] string[] Experts);
