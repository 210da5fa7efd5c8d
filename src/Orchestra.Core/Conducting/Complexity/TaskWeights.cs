namespace Orchestra.Core.Conducting.Complexity;

/// <summary>
/// The weights of the task analyser, all in one place. A query's complexity is 1 plus what the signals below add, rounded and kept within 1 to 10;
/// its task is the kind of work with the most votes.
/// </summary>
internal static class TaskWeights
{
    /// <summary>Words that a short question has at most.</summary>
    public const int ShortQuestion = 30;

    /// <summary>Votes for chat that every query starts with, so that a stray word decides nothing.</summary>
    public const double ChatVote = 1;

    /// <summary>Votes for lookup of a short query that begins with a question word.</summary>
    public const double QuestionVote = 1.4;

    /// <summary>Votes for code of a code fence.</summary>
    public const double FenceVote = 3;

    /// <summary>Votes for code of each bracket, arrow or other mark of programs, up to <see cref="MostMarks"/>.</summary>
    public const double CodeMarkVote = 0.5;

    /// <summary>Votes for mathematics of each number from the second on, up to <see cref="MostMarks"/>.</summary>
    public const double NumberVote = 0.5;

    /// <summary>Votes for mathematics of each operator between operands, up to <see cref="MostMarks"/>.</summary>
    public const double OperatorVote = 0.7;

    /// <summary>Votes for mathematics of each LaTeX command or mathematical sign, up to <see cref="MostMarks"/>.</summary>
    public const double FormulaVote = 0.9;

    /// <summary>Votes for reasoning of a list of options to choose from.</summary>
    public const double OptionsVote = 1.5;

    /// <summary>Marks of one sort that count at most.</summary>
    public const int MostMarks = 6;

    /// <summary>Words of material, between the instructions at both ends, that count at most.</summary>
    public const int MostMaterialWords = 12;

    /// <summary>How much of its votes a word of material keeps.</summary>
    public const double MaterialShare = 0.15;

    /// <summary>How much of their votes numbers and marks keep: in a long text they belong to the material, not to the question.</summary>
    public static double ShareOfMarks(int words) => words <= 150 ? 1 : 150.0 / words;

    /// <summary>What each kind of work adds by itself.</summary>
    public static double OfTask(TaskType task) => task switch
    {
        TaskType.Lookup => 1,
        TaskType.Translation => 1,
        TaskType.Summary => 1.3,
        TaskType.Math => 2,
        TaskType.Code => 2.5,
        TaskType.Reasoning => 2.5,
        _ => 0,
    };

    /// <summary>What the length adds: more to read and to keep in mind.</summary>
    public static double OfLength(int words) => words switch
    {
        <= 4 => 0,
        <= 20 => 0.4,
        <= 60 => 0.9,
        <= 150 => 1.4,
        <= 400 => 1.9,
        _ => 2.3,
    };

    /// <summary>What words of effort (prove, derive, design, compare …) add: the hardest in full, the others a little.</summary>
    public static double OfEffort(double hardest, int count) => hardest + Math.Min(1, 0.3 * Math.Max(0, count - 1));

    /// <summary>What words of advanced subjects (integral, eigenvalue, concurrency …) add.</summary>
    public static double OfAdvanced(int count) => Math.Min(2.5, 0.9 * count);

    /// <summary>What quantities add to a calculation: each number is something to carry along.</summary>
    public static double OfQuantities(int numbers, int operators) => Math.Min(1.5, 0.25 * Math.Max(0, numbers - 1)) + Math.Min(0.8, 0.2 * operators);

    /// <summary>What formulas in LaTeX or mathematical signs add.</summary>
    public static double OfFormulas(int formulas) => Math.Min(1.6, 0.4 * formulas);

    /// <summary>What conditions and requested constraints (if, at least, must, without …) add.</summary>
    public static double OfConditions(int conditions) => Math.Min(1.5, 0.25 * conditions);

    /// <summary>What a question in several parts adds.</summary>
    public static double OfParts(int parts) => Math.Min(2, 0.5 * Math.Max(0, parts - 1));
}
