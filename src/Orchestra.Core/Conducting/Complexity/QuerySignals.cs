namespace Orchestra.Core.Conducting.Complexity;

/// <summary>What the task analyser counted in a query.</summary>
internal sealed class QuerySignals
{
    private static readonly int Tasks = Enum.GetValues<TaskType>().Length;

    private readonly double[] _votes = new double[Tasks];

    /// <summary>Words; two characters of a script without spaces count as one.</summary>
    public int Words { get; set; }

    /// <summary>Numbers, written in digits.</summary>
    public int Numbers { get; set; }

    /// <summary>Operators between operands.</summary>
    public int Operators { get; set; }

    /// <summary>LaTeX commands and mathematical signs.</summary>
    public int Formulas { get; set; }

    /// <summary>Brackets, arrows and other marks of programs.</summary>
    public int CodeMarks { get; set; }

    /// <summary>Whether there is a code fence.</summary>
    public bool HasFence { get; set; }

    /// <summary>Question marks.</summary>
    public int Questions { get; set; }

    /// <summary>Lines that are items of a list.</summary>
    public int Items { get; set; }

    /// <summary>Options to choose from, such as <c>A.</c> and <c>(B)</c>.</summary>
    public int Options { get; set; }

    /// <summary>Whether the first words open a question for a fact.</summary>
    public bool AsksForFact { get; set; }

    /// <summary>The weight of the hardest word of effort.</summary>
    public double HardestEffort { get; private set; }

    /// <summary>Words of effort.</summary>
    public int Efforts { get; private set; }

    /// <summary>Words of advanced subjects.</summary>
    public int Advanced { get; private set; }

    /// <summary>Words of conditions and constraints.</summary>
    public int Conditions { get; private set; }

    /// <summary>Parts of the question: question marks or list items, whichever are more.</summary>
    public int Parts => Math.Max(1, Math.Max(Questions, Items));

    /// <summary>Votes for a kind of work.</summary>
    public double VotesFor(TaskType task) => _votes[(int)task];

    /// <summary>Adds votes for a kind of work.</summary>
    public void Vote(TaskType task, double votes) => _votes[(int)task] += votes;

    /// <summary>Counts a word or phrase.</summary>
    /// <param name="signal">What it says.</param>
    /// <param name="share">How much of its vote counts, 0 to 1; a word that was counted before has no vote left.</param>
    public void Add(WordSignal signal, double share)
    {
        if (signal.Task is { } task)
            Vote(task, signal.Vote * share);
        if (signal.Effort > 0)
        {
            HardestEffort = Math.Max(HardestEffort, signal.Effort * share);
            Efforts++;
        }

        Advanced += signal.Advanced ? 1 : 0;
        Conditions += signal.Condition ? 1 : 0;
    }
}
