using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Outcomes;

public sealed class RecordedTablesTests
{
    [SkippableTheory]
    [InlineData("routellm_gsm8k.jsonl.gz", 1_307, 2)]
    [InlineData("routellm_mmlu.jsonl.gz", 14_037, 2)]
    [InlineData("routellm_mtbench.jsonl.gz", 72, 2)]
    [InlineData("mmlu_pro.jsonl.gz", 4_105, 7)]
    [InlineData("zeroeval.jsonl.gz", 1_195, 7)]
    public async Task Every_row_of_the_recorded_tables_is_read(string name, int rows, int models)
    {
        var malformed = new List<MalformedRow>();
        var count = 0;
        await foreach (var row in OutcomeReader.ReadAsync(RecordedTables.Path(name), malformed.Add))
        {
            row.Outcomes.Count.ShouldBe(models);
            count++;
        }

        count.ShouldBe(rows);
        malformed.ShouldBeEmpty();
    }

    /// <summary>How often the grade by the final answer alone is the grade that the benchmarks' own graders gave.</summary>
    [SkippableTheory]
    [InlineData("mmlu_pro.jsonl.gz", 0.985)]
    [InlineData("zeroeval.jsonl.gz", 0.975)]
    [InlineData("routellm_gsm8k.jsonl.gz", 0.975)]
    public async Task Grading_by_final_answer_agrees_with_the_recorded_scores(string name, double atLeast)
    {
        var agreed = 0;
        var graded = 0;
        await foreach (var row in OutcomeReader.ReadAsync(RecordedTables.Path(name)))
        {
            foreach (var (model, outcome) in row.Outcomes)
            {
                // Without an answer in the row, the response under test must not be its own reference.
                var others = row with { Outcomes = row.Outcomes.Where(other => other.Key != model).ToDictionary() };
                if (outcome.Response is null || OutcomeGrader.GradeByAnswer(others, outcome.Response) is not { } grade)
                    continue;
                graded++;
                if (grade == outcome.Score)
                    agreed++;
            }
        }

        ((double)agreed / graded).ShouldBeGreaterThanOrEqualTo(atLeast);
    }
}
