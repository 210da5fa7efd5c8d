using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Online;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Tests.Learning.Evaluation.Online;

public sealed class OnlineRunTests
{
    /// <summary>Odd prompt lengths need the strong expert.</summary>
    private static readonly EvaluationSetup Setup = EvaluationSetup.OfPair(Tables.Pair([.. Enumerable.Range(0, 600).Select(i => (i % 2 == 0 ? 1.0 : 0.0, 1.0))]), "weak", "strong", cascade: true);

    [Fact]
    public void A_learner_is_told_of_a_query_only_after_it_decided_and_only_of_experts_that_it_asked()
    {
        var learners = new List<Parity>();
        OnlineRun.Run(Setup, (experts, _) =>
        {
            experts.Rows.ShouldBeEmpty();
            var learner = new Parity(experts.IndexOf("strong"));
            lock (learners)
                learners.Add(learner);
            return learner;
        }, 3, 1, () => { }, default);

        learners.Count.ShouldBe(3);
        learners.ShouldAllBe(learner => learner.Learned == 600 && learner.Refused > 0);
    }

    [Fact]
    public void What_was_learned_shows_in_the_queries_that_follow()
    {
        var run = Run(4);
        var figures = OnlineReport.Build(Setup, run, default);
        var last = figures.Windows.Single(window => window.Queries == 500);
        last.ApgrAfter!.Value.Value.ShouldBe(0.75, 0.02);
        figures.Windows[0].ApgrUntil.ShouldBeNull();
        figures.Windows[^1].ApgrAfter.ShouldBeNull();
        var end = figures.Steps[^1];
        end.Queries.ShouldBe(600);
        end.RewardOfWeak.ShouldBe(end.RewardOfStrong, 1e-9);
        end.Reward.ShouldBeGreaterThan(end.RewardOfWeak);
        end.Regret.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_each_order_is_another()
    {
        var run = Run(3);
        Run(3).Orders.Select(order => order.Preferences).ShouldBe(run.Orders.Select(order => order.Preferences));
        run.Orders[0].Rows.ShouldNotBe(run.Orders[1].Rows);
        run.Orders[0].Rows.Order().ShouldBe(Enumerable.Range(0, 600));
    }

    [Fact]
    public void Its_point_bills_what_was_called_on_average_over_the_orders()
    {
        var run = Run(2);
        var point = run.Point(Setup, 1);
        point.CostsUsd.Sum().ShouldBe(run.Orders.Average(order => order.CostsUsd.Sum()), 1e-9);
        point.Accuracy.ShouldBe(run.Orders.Average(order => order.Scores.Average()), 1e-9);
    }

    private static OnlineRun Run(int orders) => OnlineRun.Run(Setup, (experts, _) => new Parity(experts.IndexOf("strong")), orders, 1, () => { }, default);

    /// <summary>Learns whether odd or even prompts need the strong expert.</summary>
    private sealed class Parity(int strong) : IReplayLearner
    {
        private readonly double[] _failed = [0.5, 0.5];
        private readonly int[] _count = [1, 1];

        public int Learned { get; private set; }

        public int Refused { get; private set; }

        public string Name => "parity";

        public ReplayMove Decide(ReplayEpisode episode, double lambda)
        {
            Should.Throw<InvalidOperationException>(() => episode.ScoreOf(0));
            return episode.CanAsk(strong) && PreferStrong(episode, 0, strong) > 0.5 ? ReplayMove.Delegate(strong) : ReplayMove.Finish(episode.Asked[^1]);
        }

        public double PreferStrong(ReplayEpisode episode, int weak, int strong) => _failed[episode.Prompt.Length % 2] / _count[episode.Prompt.Length % 2];

        public void Learn(ReplayEpisode finished)
        {
            Learned++;
            _failed[finished.Prompt.Length % 2] += 1 - finished.ScoreOf(1 - strong);
            _count[finished.Prompt.Length % 2]++;
            if (finished.Asked.Contains(strong))
                return;
            Should.Throw<InvalidOperationException>(() => finished.ScoreOf(strong));
            Refused++;
        }
    }
}
