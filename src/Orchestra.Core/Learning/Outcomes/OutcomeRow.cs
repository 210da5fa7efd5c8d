namespace Orchestra.Core.Learning.Outcomes;

/// <summary>One prompt of an outcome table, with what each model did with it.</summary>
/// <param name="Id">The row's name; tables may repeat it.</param>
/// <param name="Task">The task or benchmark that it belongs to; empty where the table does not say.</param>
/// <param name="Prompt">The text that the models were asked.</param>
/// <param name="Outcomes">Outcomes by model name, in the table's order.</param>
public sealed record OutcomeRow(string Id, string Task, string Prompt, IReadOnlyDictionary<string, Outcome> Outcomes)
{
    /// <summary>The correct final answer; null where the table does not say.</summary>
    public string? Answer { get; init; }
}
