using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Evaluation;

/// <summary>Makes outcome tables for the evaluation's tests.</summary>
internal static class Tables
{
    public const decimal WeakCost = 0.001m;
    public const decimal StrongCost = 0.01m;

    /// <summary>Rows of a weak and a strong expert, longest prompt first.</summary>
    public static List<OutcomeRow> Pair(params (double Weak, double Strong)[] scores) =>
        [.. scores.Select((score, i) => Row(new string('x', 1000 - i), "task", ("weak", score.Weak, WeakCost), ("strong", score.Strong, StrongCost)))];

    public static OutcomeRow Row(string prompt, string task, params (string Expert, double Score, decimal Cost)[] outcomes) =>
        new(prompt, task, prompt, outcomes.ToDictionary(each => each.Expert, each => new Outcome(each.Score) { CostUsd = each.Cost, InputTokens = 100, OutputTokens = 200 }));

    /// <summary>Three experts of rising price and skill, on questions of two tasks.</summary>
    public static List<OutcomeRow> Random(int seed, int rows, string cheap = "cheap", string middle = "middle", string dear = "dear")
    {
        var random = new Random(seed);
        int Draw(double chance) => random.NextDouble() < chance ? 1 : 0;
        return [.. Enumerable.Range(0, rows).Select(i =>
        {
            var isHard = random.Next(2) == 0;
            return Row(
                $"question {i} {new string('x', random.Next(50))}",
                isHard ? "hard" : "easy",
                (cheap, Draw(isHard ? 0.2 : 0.8), 0.001m),
                (middle, Draw(isHard ? 0.4 : 0.9), 0.003m),
                (dear, Draw(isHard ? 0.8 : 0.9), 0.02m));
        })];
    }
}
