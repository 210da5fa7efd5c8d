using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class DifficultyTrainingTests
{
    private const string Short = "What is the capital of France?";
    private const string Long = "Tom has 3 apples and each apple costs 2 dollars. Then he buys 7 more pears, twice as dear as the apples. How many dollars are left after that of 100?";

    [Fact]
    public void Without_a_difference_in_outcomes_longer_questions_with_more_quantities_count_as_harder()
    {
        var difficulty = Learn(row => true);

        difficulty(Long).ShouldBeGreaterThan(difficulty(Short) + 0.2f);
    }

    [Fact]
    public void Many_outcomes_that_say_the_opposite_are_believed()
    {
        var difficulty = Learn(row => row % 2 == 1);

        difficulty(Long).ShouldBeLessThan(difficulty(Short));
    }

    /// <summary>Learns from 20,000 rows, of which every second one is the long question.</summary>
    private static Func<string, float> Learn(Func<int, bool> isRight)
    {
        List<OutcomeRow> rows = [.. Enumerable.Range(0, 20_000).Select(row => new OutcomeRow($"{row}", string.Empty, row % 2 == 0 ? Short : Long, new Dictionary<string, Outcome> { ["one"] = new(isRight(row) ? 1 : 0) }))];
        var table = ReplayTable.Create(rows);
        var queries = RowQuery.ReadAll(table.Rows.Select(row => row.Prompt));
        var scale = StructureScale.Of([.. queries.Select(query => query.Numbers)]);
        var difficulty = DifficultyTraining.Fit(table, [.. Enumerable.Range(0, rows.Count)], [.. queries.Select(query => query.On(scale).Numbers)]);
        return prompt => difficulty.Of(RowQuery.ReadAll([prompt])[0].On(scale).Numbers);
    }
}
