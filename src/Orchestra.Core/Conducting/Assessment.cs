namespace Orchestra.Core.Conducting;

/// <summary>What the task analyser thinks of a query.</summary>
/// <param name="Complexity">1 (trivial) to 10 (hardest).</param>
/// <param name="Task">The kind of work.</param>
/// <param name="Source">Who says so: <c>rules</c>, <c>model</c> or <c>cache</c>.</param>
public sealed record Assessment(int Complexity, TaskType Task, string Source);
