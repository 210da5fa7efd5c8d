using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Frontiers;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Tests.Learning.Evaluation.Frontiers;

public sealed class PolicyRunnerTests
{
    private static readonly (double, double)[] Scores = [(1, 1), (0, 1), (0, 0), (1, 1)];

    [Fact]
    public void A_cascade_of_a_pair_asks_the_weak_expert_first_and_bills_it_always()
    {
        var setup = EvaluationSetup.OfPair(Tables.Pair(Scores), "weak", "strong", cascade: true);
        var seen = new List<int>();
        var escalates = new Scripted(
            (episode, _) => episode.CanAsk(setup.Strong) ? ReplayMove.Delegate(setup.Strong) : ReplayMove.Finish(setup.Strong),
            episode =>
            {
                lock (seen)
                    seen.Add(episode.Asked.Single());
                return 0;
            });

        var run = PolicyRunner.Run(setup, escalates, PolicyKind.Learned, default);

        seen.ShouldBe([0, 0, 0, 0]);
        run.Points[0].Accuracy.ShouldBe(0.75);
        run.Points[0].CallsPerQuery.ShouldBe(2);
        run.Points[0].CostUsdPer1k.ShouldBe(11, 1e-9);
        // No preference at all: half of the queries, on average over all ways to choose them.
        run.Shown.Accuracy.ShouldBe(0.625, 1e-12);
        run.Shown.CostUsdPer1k.ShouldBe(1 + 5, 1e-9);
        run.Shown.CallsOf(setup.Strong).ShouldBe(0.5, 1e-12);
    }

    [Fact]
    public void Before_any_answer_a_policy_has_one_call()
    {
        var setup = EvaluationSetup.OfPair(Tables.Pair(Scores), "weak", "strong", cascade: false);
        var greedy = new Scripted((episode, _) => episode.CanAsk(0) ? ReplayMove.Delegate(0) : episode.CanAsk(1) ? ReplayMove.Delegate(1) : ReplayMove.Finish(episode.Asked[^1]), _ => 0);

        var run = PolicyRunner.Run(setup, greedy, PolicyKind.Learned, default);

        run.Points.ShouldAllBe(point => point.CallsPerQuery == 1 && point.CallsOf(0) == 1);
    }

    [Fact]
    public void Each_lambda_of_the_grid_is_a_point()
    {
        var setup = EvaluationSetup.OfExperts(Tables.Random(1, 20), null, cascade: true);
        var byLambda = new Scripted((episode, lambda) => Scripted.AskOnly(episode, lambda > 1 ? 0 : 2), _ => 0);

        var run = PolicyRunner.Run(setup, byLambda, PolicyKind.Learned, default);

        run.Preferences.ShouldBeNull();
        run.Points.Select(point => point.Lambda!.Value).ShouldBe(LambdaGrid.Default);
        run.Points.ShouldAllBe(point => point.CallsOf(point.Lambda > 1 ? 0 : 2) == 1);
        run.Shown.ShouldBeSameAs(run.Points[0]);
    }

    [Fact]
    public void The_grid_goes_from_accuracy_at_any_price_to_price_alone()
    {
        LambdaGrid.Default.Count.ShouldBe(25);
        (LambdaGrid.Default[0], LambdaGrid.Default[1]).ShouldBe((0, 0.0001));
        LambdaGrid.Default[^1].ShouldBe(10, 1e-9);
        LambdaGrid.Default.ShouldBeInOrder();
    }
}
