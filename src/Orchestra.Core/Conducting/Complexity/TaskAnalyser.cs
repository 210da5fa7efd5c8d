namespace Orchestra.Core.Conducting.Complexity;

/// <summary>Scores a query from 1 (trivial) to 10 (hardest) and names its kind of work by local rules, without asking any model.</summary>
public static class TaskAnalyser
{
    /// <summary>The <see cref="Assessment.Source"/> of its assessments.</summary>
    public const string Source = "rules";

    private static readonly TaskType[] Tasks = Enum.GetValues<TaskType>();

    /// <summary>Assesses a query; of a long one only the beginning and the end are read, so that the time is bounded.</summary>
    /// <param name="query">The text of the query.</param>
    public static Assessment Assess(string query)
    {
        var signals = QueryReader.Read(query);
        var task = TaskOf(signals);
        return new Assessment((int)Math.Clamp(Math.Round(ComplexityOf(signals, task), MidpointRounding.AwayFromZero), 1, 10), task, Source);
    }

    private static TaskType TaskOf(QuerySignals signals)
    {
        signals.Vote(TaskType.Chat, TaskWeights.ChatVote);
        if (signals.AsksForFact && signals.Operators == 0 && signals.Words <= TaskWeights.ShortQuestion)
            signals.Vote(TaskType.Lookup, TaskWeights.QuestionVote);
        if (signals.HasFence)
            signals.Vote(TaskType.Code, TaskWeights.FenceVote);
        var share = TaskWeights.ShareOfMarks(signals.Words);
        signals.Vote(TaskType.Code, share * TaskWeights.CodeMarkVote * Math.Min(TaskWeights.MostMarks, signals.CodeMarks));
        signals.Vote(TaskType.Math, share * TaskWeights.NumberVote * Math.Clamp(signals.Numbers - 1, 0, TaskWeights.MostMarks));
        signals.Vote(TaskType.Math, share * TaskWeights.OperatorVote * Math.Min(TaskWeights.MostMarks, signals.Operators));
        signals.Vote(TaskType.Math, share * TaskWeights.FormulaVote * Math.Min(TaskWeights.MostMarks, signals.Formulas));
        if (signals.Options >= 3)
            signals.Vote(TaskType.Reasoning, TaskWeights.OptionsVote);

        var best = TaskType.Chat;
        foreach (var task in Tasks)
        {
            if (signals.VotesFor(task) > signals.VotesFor(best))
                best = task;
        }

        return best;
    }

    private static double ComplexityOf(QuerySignals signals, TaskType task)
    {
        var complexity = 1 + TaskWeights.OfTask(task) + TaskWeights.OfLength(signals.Words) + TaskWeights.OfEffort(signals.HardestEffort, signals.Efforts) +
                         TaskWeights.OfConditions(signals.Conditions) + TaskWeights.OfParts(signals.Parts);
        if (task is TaskType.Math or TaskType.Code or TaskType.Reasoning)
            complexity += TaskWeights.OfAdvanced(signals.Advanced) + TaskWeights.OfFormulas(signals.Formulas);
        if (task is TaskType.Math or TaskType.Reasoning)
            complexity += TaskWeights.OfQuantities(signals.Numbers, signals.Operators);
        return complexity;
    }
}
