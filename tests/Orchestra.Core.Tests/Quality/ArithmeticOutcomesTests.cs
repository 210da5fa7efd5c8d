using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Quality;
using Orchestra.Core.Tests.Conducting;
using Xunit.Abstractions;

namespace Orchestra.Core.Tests.Quality;

public sealed class ArithmeticOutcomesTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData("zeroeval")]
    [InlineData("mmlu_pro")]
    public async Task Right_answers_of_real_models_are_hardly_ever_rejected_and_wrong_ones_more_often(string table)
    {
        var verifier = new ArithmeticVerifier();
        var (all, judged, rejected) = (new int[2], new int[2], new int[2]);
        await foreach (var row in OutcomeReader.ReadAsync(RecordedTables.Path($"{table}.jsonl.gz")))
        {
            foreach (var outcome in row.Outcomes.Values.Where(outcome => outcome.Response is not null))
            {
                var right = outcome.Score >= 0.5 ? 1 : 0;
                var verdict = await verifier.VerifyAsync(Scene.Of(row.Prompt), Answers.Of(outcome.Response!), default);
                all[right]++;
                judged[right] += verdict is null ? 0 : 1;
                rejected[right] += verdict is { Accepted: false } ? 1 : 0;
            }
        }

        foreach (var right in new[] { 1, 0 })
            output.WriteLine($"{table}, score {right}: {all[right]} answers, {judged[right]} with claims, {rejected[right]} rejected ({100.0 * rejected[right] / all[right]:0.00} % of all, {100.0 * rejected[right] / judged[right]:0.00} % of those with claims)");
        // Of the right answers that are rejected, nearly all do contain a wrong calculation beside a right final answer.
        ((double)rejected[1] / all[1]).ShouldBeLessThan(0.015);
        ((double)rejected[0] / all[0]).ShouldBeGreaterThan(2.5 * rejected[1] / all[1]);
    }
}
