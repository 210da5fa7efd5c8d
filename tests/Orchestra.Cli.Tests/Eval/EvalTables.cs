using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Tests.Eval;

/// <summary>Makes outcome tables for tests of <c>orchestra eval</c>.</summary>
internal static class EvalTables
{
    /// <summary>Three experts of rising price and skill, with answers to compare.</summary>
    public static IReadOnlyList<OutcomeRow> Three(int rows = 120) => [.. Enumerable.Range(0, rows).Select(i => new OutcomeRow($"q{i}", i % 2 == 0 ? "easy" : "hard", $"question {i} {new string('x', i % 7)}", new Dictionary<string, Outcome>
    {
        ["small"] = Said(i % 2 == 0, 0.0001m, i),
        ["middle"] = Said(i % 3 != 1, 0.0005m, i),
        ["large"] = Said(i % 10 != 9, 0.01m, i),
    }))];

    /// <summary>The first and the last of the three.</summary>
    public static IReadOnlyList<OutcomeRow> Two(int rows = 120) =>
        [.. Three(rows).Select(row => row with { Outcomes = row.Outcomes.Where(each => each.Key != "middle").ToDictionary() })];

    private static Outcome Said(bool isRight, decimal cost, int number) =>
        new(isRight ? 1 : 0) { CostUsd = cost, InputTokens = 10, OutputTokens = 100, Response = $"The answer is {(isRight ? number : number + 1000)}" };
}
