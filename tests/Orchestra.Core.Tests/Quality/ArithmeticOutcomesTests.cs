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
        var file = OutcomeTables.Find(table);
        Skip.If(file is null, $"The outcome table {table} is not on this machine; set ORCHESTRA_DATA to its folder.");
        var verifier = new ArithmeticVerifier();
        var (all, judged, rejected) = (new int[2], new int[2], new int[2]);
        foreach (var (prompt, response, score) in OutcomeTables.Responses(file))
        {
            var right = score >= 0.5 ? 1 : 0;
            var verdict = await verifier.VerifyAsync(Scene.Of(prompt), Answers.Of(response), default);
            all[right]++;
            judged[right] += verdict is null ? 0 : 1;
            rejected[right] += verdict is { Accepted: false } ? 1 : 0;
        }

        foreach (var right in new[] { 1, 0 })
            output.WriteLine($"{table}, score {right}: {all[right]} answers, {judged[right]} with claims, {rejected[right]} rejected ({100.0 * rejected[right] / all[right]:0.00} % of all, {100.0 * rejected[right] / judged[right]:0.00} % of those with claims)");
        // Of the right answers that are rejected, nearly all do contain a wrong calculation beside a right final answer.
        ((double)rejected[1] / all[1]).ShouldBeLessThan(0.015);
        ((double)rejected[0] / all[0]).ShouldBeGreaterThan(2.5 * rejected[1] / all[1]);
    }
}
