using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>
/// Asks two cheap experts and gives their answer where both say the same, else asks a third. One point for each choice of the three; its frontier picks the best of them with
/// the outcomes in view, so it flatters the rule.
/// </summary>
internal static class Agreement
{
    /// <summary>The baseline; null where no two experts have texts to compare.</summary>
    public static PolicyRun? Run(EvaluationSetup setup)
    {
        var accuracies = setup.Complete.ToDictionary(expert => expert, expert => setup.ScoresOf(expert).Average());
        var byCost = setup.Complete.OrderBy(setup.MeanCostOf).ToList();
        var answers = byCost.Where(expert => setup.Table.Rows.Any(row => row.Outcomes[expert]!.Response is not null)).ToDictionary(expert => expert, expert => AnswersOf(setup, expert));
        var points = new List<OperatingPoint>();
        foreach (var first in answers.Keys)
        {
            foreach (var second in answers.Keys.Where(other => byCost.IndexOf(other) > byCost.IndexOf(first)))
            {
                var agree = answers[first].Zip(answers[second], Agree).ToArray();
                points.AddRange(byCost.Where(third => third != first && third != second && accuracies[third] > Math.Max(accuracies[first], accuracies[second]))
                    .Select(third => At(setup, first, second, third, agree)));
            }
        }

        return points.Count == 0 ? null : new PolicyRun("two agree, else escalate", PolicyKind.Baseline, points, points.MaxBy(point => point.Accuracy)!);
    }

    private static string?[] AnswersOf(EvaluationSetup setup, int expert) =>
        [.. setup.Table.Rows.Select(row => row.Outcomes[expert]!.Response is { } text ? FinalAnswer.FindMarked(text)?.Text ?? AnswerComparison.LoneLetter(text)?.ToString() : null)];

    private static bool Agree(string? one, string? other) => one is not null && other is not null && (AnswerComparison.Agree(one, LetterOr(other)) || AnswerComparison.Agree(other, LetterOr(one)));

    /// <summary>A choice such as <c>(B) Paris</c> by its letter alone, which is what the comparison knows as a choice.</summary>
    private static string LetterOr(string answer) => AnswerComparison.LoneLetter(AnswerComparison.Plain(answer))?.ToString() ?? answer;

    private static OperatingPoint At(EvaluationSetup setup, int first, int second, int third, bool[] agree)
    {
        var rows = setup.Table.Rows;
        var point = new OperatingPoint(null, rows.Count, setup.Table.Experts.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var given = rows[i].Outcomes[agree[i] ? first : third]!;
            point.Scores[i] = given.Score;
            point.AddCall(i, first, rows[i].Outcomes[first]!.CostUsd);
            point.AddCall(i, second, rows[i].Outcomes[second]!.CostUsd);
            if (!agree[i])
                point.AddCall(i, third, given.CostUsd);
        }

        return point;
    }
}
