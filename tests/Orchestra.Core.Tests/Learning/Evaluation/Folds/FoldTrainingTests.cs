using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Folds;

namespace Orchestra.Core.Tests.Learning.Evaluation.Folds;

public sealed class FoldTrainingTests
{
    [Fact]
    public void Each_row_is_decided_once_by_a_policy_that_never_saw_its_prompt()
    {
        var pair = EvaluationSetup.OfPair(Tables.Pair([.. Enumerable.Repeat((0.0, 1.0), 23)]), "weak", "strong", cascade: false);
        var setup = pair.With(RowFolds.Assign(pair.Table.Rows, 5, 3), 3);
        var decided = new List<string>();
        var started = new List<int>();

        var run = FoldTraining.Run(setup, "trained", (rows, _) =>
        {
            var seen = rows.Rows.Select(row => row.Prompt).ToHashSet();
            return new Scripted((episode, _) => Scripted.AskOnly(episode, 0), episode =>
            {
                seen.ShouldNotContain(episode.Prompt);
                lock (decided)
                    decided.Add(episode.Prompt);
                return seen.Count;
            });
        }, started.Add, default);

        decided.Order().ShouldBe(pair.Table.Rows.Select(row => row.Prompt).Order());
        started.ShouldBe([1, 2, 3, 4, 5]);
        run.Name.ShouldBe("trained");
        run.Preferences!.ShouldAllBe(seen => seen == 18 || seen == 19);
    }
}
