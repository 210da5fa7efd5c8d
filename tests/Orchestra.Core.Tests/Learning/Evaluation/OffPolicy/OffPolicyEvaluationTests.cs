using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Learned;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Evaluation.OffPolicy;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Tests.Conversations;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Tests.Learning.Evaluation.OffPolicy;

public sealed class OffPolicyEvaluationTests
{
    private static readonly CascadeWorld Logged = new([0.5, 0.5], [0.5, 0.5]);
    private static readonly CascadeWorld Candidate = new([1, 0.3], [0.9, 0.2]);
    private static readonly OffPolicyOptions Options = new(CascadeWorld.Experts);

    /// <summary>The cheap one fails once.</summary>
    private static readonly ScriptedExpert[] Asked =
    [
        new("cheap", ScriptedExpert.DollarAMillion, ScriptedExpert.Act.Answer, ScriptedExpert.Act.Fail, ScriptedExpert.Act.Answer),
        new("dear", new ExpertPrice(new(3_000_000_000), new(3_000_000_000), default)),
    ];

    [Fact]
    public async Task A_cascades_value_is_right_on_average_and_its_interval_covers_it_as_often_as_it_says()
    {
        const int runs = 200;
        var truth = Candidate.Truth;
        var reports = new List<OffPolicyReport>();
        for (var seed = 0; seed < runs; seed++)
            reports.Add(await EvaluateAsync(Logged.LogAsync(seed, 300), Candidate.Conductor()));

        // What was logged is worth something else, in both figures, by more than the mean of the estimates may be off.
        (truth.Score - Logged.Truth.Score).ShouldBe(0.0245, 1e-9);
        (truth.Dollars - Logged.Truth.Dollars).ShouldBe(-0.00445, 1e-9);
        var scores = reports.ConvertAll(report => report.Score!);
        var dollars = reports.ConvertAll(report => report.Dollars!);
        scores.Average(each => each.Value.Value).ShouldBe(truth.Score, 0.01);
        dollars.Average(each => each.Value.Value).ShouldBe(truth.Dollars, 0.0002);
        Coverage(scores, truth.Score).ShouldBeInRange(0.9, 0.99);
        Coverage(dollars, truth.Dollars).ShouldBeInRange(0.9, 0.99);
        scores.Average(each => each.Ips).ShouldBe(truth.Score, 0.02);
        scores.Average(each => each.Snips).ShouldBe(truth.Score, 0.02);
        // The predictions narrow what weights alone say.
        Spread(scores, each => each.Value.Value).ShouldBeLessThan(0.95 * Spread(scores, each => each.Ips));
        Spread(dollars, each => each.Value.Value).ShouldBeLessThan(0.95 * Spread(dollars, each => each.Ips));
        // Both rest on the same queries.
        scores.Average(each => each.Gain.Value).ShouldBe(truth.Score - Logged.Truth.Score, 0.01);
        dollars.Average(each => each.Logged.Value).ShouldBe(Logged.Truth.Dollars, 0.0002);
    }

    [Fact]
    public async Task The_policy_that_served_is_worth_what_was_logged()
    {
        var report = await EvaluateAsync(Logged.LogAsync(1, 400), Logged.Conductor());

        report.Score!.EffectiveSampleSize.ShouldBe(400, 1e-6);
        (report.Score.LargestWeight, report.Score.Clipped, report.Unsupported).ShouldBe((1, 0, 0));
        report.Score.Snips.ShouldBe(report.Score.Logged.Value, 1e-9);
        report.DecisionsPerQuery.ShouldBe(2.25, 0.1);
    }

    [Fact]
    public async Task A_learned_policy_is_put_back_into_the_situations_in_which_it_drew_its_moves()
    {
        var policy = Policy.Parse(PolicyBytes.Of(1));
        using var served = new LearnedConductor(policy, new ScriptedConductor(_ => throw new InvalidOperationException("Nothing goes beside it.")), new LearnedOptions { Lambda = 0.3, Explore = 0.9 }, new Random(5));
        await using var bench = new ConversationBench().Conducted(served)
            .With([.. Asked]);
        for (var i = 0; i < 30; i++)
            await bench.AskAsync("orchestra");

        var experts = Asked.ToDictionary(expert => expert.Descriptor.Name, expert => expert.Descriptor);
        using var again = new LearnedConductor(policy, new ScriptedConductor(_ => throw new InvalidOperationException("Nothing goes beside it.")), new LearnedOptions { Lambda = 1, Explore = 0.9 }, new Random(6));
        var report = await OffPolicyEvaluation.RunAsync(bench.Trajectories.ToAsyncEnumerable(), again, new OffPolicyOptions(experts), default);

        report.Queries.ShouldBe(30);
        report.Dollars!.EffectiveSampleSize.ShouldBe(30, 1e-3);
        report.Dollars.LargestWeight.ShouldBe(1, 1e-3);
        (report.Score, report.Unsupported).ShouldBe((null, 0));
        report.Cautions.ShouldHaveSingleItem().ShouldContain("POST /v1/feedback");
        var best = await OffPolicyEvaluation.RunAsync(bench.Trajectories.ToAsyncEnumerable(), policy, new OffPolicyOptions(experts) { Lambda = 10 }, default);
        best.Queries.ShouldBe(30);
    }

    [Fact]
    public async Task Queries_that_say_nothing_are_counted_by_their_reason()
    {
        var queries = new List<Trajectory>();
        await foreach (var query in Logged.LogAsync(3, 8))
            queries.Add(query);
        queries[0] = queries[0] with { Steps = [.. queries[0].Steps.Select(step => step with { Odds = null })] };
        queries[1] = queries[1] with { Query = null };
        queries[2] = queries[2] with { Query = new string('x', Trajectory.MaxText) };
        queries[3] = queries[3] with { Outcome = "cancelled" };
        queries[4] = queries[4] with { Steps = [.. queries[4].Steps.Select(step => step.Move == "delegate" ? step with { Target = "gone", Odds = step.Odds! with { Moves = new Dictionary<string, double> { ["delegate:gone"] = 1 } } } : step)] };
        queries[5] = queries[5] with { Steps = [.. queries[5].Steps.Select(step => step with { Odds = step.Odds! with { Probability = 0 } })] };
        queries[6] = queries[6] with { Feedback = [] };

        var report = await EvaluateAsync(queries.ToAsyncEnumerable(), Candidate.Conductor());

        (report.Trajectories, report.Queries, report.Score!.Queries).ShouldBe((8, 2, 1));
        report.Skipped.ShouldBe(new Dictionary<QuerySkip, long>
        {
            [QuerySkip.NoOdds] = 2, [QuerySkip.NoText] = 1, [QuerySkip.CutText] = 1, [QuerySkip.NotAnswered] = 1, [QuerySkip.UnknownExpert] = 1,
        }, ignoreOrder: true);
        report.UnknownExperts.ShouldBe(["gone"]);
        report.Cautions.ShouldContain(caution => caution.Contains("gone", StringComparison.Ordinal));
        report.Cautions.ShouldContain(caution => caution.StartsWith("The log holds little", StringComparison.Ordinal));
        var none = await EvaluateAsync(queries[..5].ToAsyncEnumerable(), Candidate.Conductor());
        (none.Score, none.Dollars).ShouldBe((null, null));
        none.Cautions.Count.ShouldBe(2);
        none.Cautions[1].ShouldContain("Orchestra:Conductor:Explore");
    }

    [Fact]
    public async Task What_the_log_could_not_hold_is_said()
    {
        var neverDear = new CascadeWorld([1, 1], [1, 1]);
        var report = await EvaluateAsync(neverDear.LogAsync(1, 300), new CascadeWorld([0, 0], [0, 0]).Conductor());

        report.Unsupported.ShouldBe(1, 1e-9);
        report.Cautions.ShouldContain(caution => caution.StartsWith("In 100.0% of the decisions the candidate wants a move", StringComparison.Ordinal));
        report.Score!.EffectiveSampleSize.ShouldBe(0);
    }

    [Fact]
    public async Task Only_so_many_queries_are_held_in_memory()
    {
        var report = await OffPolicyEvaluation.RunAsync(Logged.LogAsync(1, 30), Candidate.Conductor(), Options with { MaxQueries = 20 }, default);
        (report.Queries, report.IsCut).ShouldBe((20, true));
        report.Cautions.ShouldContain(caution => caution.StartsWith("Only the first 20 queries", StringComparison.Ordinal));
        (await OffPolicyEvaluation.RunAsync(Logged.LogAsync(1, 20), Candidate.Conductor(), Options with { MaxQueries = 20 }, default)).IsCut.ShouldBeFalse();
    }

    private static Task<OffPolicyReport> EvaluateAsync(IAsyncEnumerable<Trajectory> log, IConductor candidate) => OffPolicyEvaluation.RunAsync(log, candidate, Options, default);

    private static double Coverage(List<OffPolicyEstimate> estimates, double truth) =>
        (double)estimates.Count(each => each.Value.Interval.Low <= truth && truth <= each.Value.Interval.High) / estimates.Count;

    private static double Spread(List<OffPolicyEstimate> estimates, Func<OffPolicyEstimate, double> figure)
    {
        var mean = estimates.Average(figure);
        return Math.Sqrt(estimates.Average(each => (figure(each) - mean) * (figure(each) - mean)));
    }
}
