namespace Orchestra.Core.Learning.Replay;

/// <summary>One prompt of a <see cref="ReplayTable"/>.</summary>
/// <param name="Id">The row's name.</param>
/// <param name="Task">The task or benchmark that it belongs to; empty where the table does not say. No policy may see it: live queries carry no label.</param>
/// <param name="Prompt">The text that the experts were asked.</param>
/// <param name="Outcomes">Outcomes in the order of the table's experts; null where an expert is missing from the row, which says nothing about its answer.</param>
public sealed record ReplayRow(string Id, string Task, string Prompt, IReadOnlyList<ReplayOutcome?> Outcomes);
