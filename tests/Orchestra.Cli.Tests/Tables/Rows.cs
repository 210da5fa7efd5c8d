using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Cli.Tests.Tables;

/// <summary>Makes rows of outcome tables.</summary>
internal static class Rows
{
    public static OutcomeRow Row(string prompt, params (string Model, Outcome Outcome)[] outcomes) =>
        new("id of " + prompt, "task", prompt, outcomes.ToDictionary(each => each.Model, each => each.Outcome));

    public static Outcome Said(string response, double score = 1, decimal? cost = null) => new(score) { Response = response, CostUsd = cost };
}
