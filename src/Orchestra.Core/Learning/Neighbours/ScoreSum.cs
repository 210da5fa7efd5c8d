namespace Orchestra.Core.Learning.Neighbours;

/// <summary>A sum of scores in whole steps, which is exact in any order.</summary>
/// <param name="Steps">The sum, each score counted from zero.</param>
/// <param name="Count">How many scores there are.</param>
internal readonly record struct ScoreSum(long Steps, int Count)
{
    /// <summary>The sum in scores of 0 to 1.</summary>
    public ExpertTotal Total => new(Steps / (double)MemoryChunk.ScoreSteps, Count);

    /// <summary>The sum with a score that is kept as steps above zero.</summary>
    public ScoreSum With(ushort score) => new(Steps + score - 1, Count + 1);

    /// <summary>The sum without such a score.</summary>
    public ScoreSum Without(ushort score) => new(Steps - (score - 1), Count - 1);
}
