using Orchestra.Core.Learning.Evaluation.OffPolicy;

namespace Orchestra.Core.Tests.Learning.Evaluation.OffPolicy;

/// <summary>A world with two contexts and three moves, where the value of the candidate is known.</summary>
public sealed class DoublyRobustTests
{
    private static readonly double[][] Rewards = [[0.2, 0.5, 0.9], [0.8, 0.3, 0.4]];
    private static readonly double[][] Logging = [[0.6, 0.3, 0.1], [0.2, 0.4, 0.4]];
    private static readonly double[][] Candidate = [[0.1, 0.1, 0.8], [0.7, 0.2, 0.1]];

    /// <summary>Contexts come equally often.</summary>
    private static readonly double Truth = Enumerable.Range(0, 2).Average(context => Enumerable.Range(0, 3).Sum(move => Candidate[context][move] * Rewards[context][move]));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_right_on_average_and_its_interval_covers_the_truth_as_often_as_it_says_whatever_the_predictions(bool predictionsAreGood)
    {
        var estimates = Enumerable.Range(0, 400).Select(seed => Estimate(Log(seed, 400, predictionsAreGood ? Rewards : [[1, 0, 0], [0, 1, 1]]))).ToList();
        estimates.Average(each => each.Value.Value).ShouldBe(Truth, 0.006);
        estimates.Average(each => each.Ips).ShouldBe(Truth, 0.01);
        estimates.Average(each => each.Snips).ShouldBe(Truth, 0.01);
        ((double)estimates.Count(each => each.Value.Interval.Low <= Truth && Truth <= each.Value.Interval.High) / estimates.Count).ShouldBeInRange(0.91, 0.985);
        // The standard error says how much estimates vary.
        var spread = Math.Sqrt(estimates.Average(each => (each.Value.Value - Truth) * (each.Value.Value - Truth)));
        estimates.Average(each => each.Value.StandardError).ShouldBe(spread, 0.15 * spread);
    }

    [Fact]
    public void Good_predictions_narrow_the_interval_and_bad_ones_mislead_only_the_direct_method()
    {
        var log = Log(1, 4000, Rewards);
        var good = Estimate(log);
        var none = Estimate([.. log.Select(move => move with { Predictions = [0, 0, 0] })]);
        var bad = Estimate([.. log.Select(move => move with { Predictions = [1, 1, 1] })]);
        good.Value.StandardError.ShouldBeLessThan(none.Value.StandardError);
        none.Value.Value.ShouldBe(none.Ips, 1e-12);
        good.DirectMethod.ShouldBe(Truth, 0.03);
        bad.DirectMethod.ShouldBe(1, 1e-9);
        bad.Value.Value.ShouldBe(Truth, 0.06);
    }

    [Fact]
    public void The_logging_policy_itself_loses_no_sample()
    {
        var log = Log(2, 500, Rewards).Select(move => move with { Candidate = Logging[move.Predictions[0] == Rewards[0][0] ? 0 : 1] }).ToList();
        var estimate = Estimate(log);
        estimate.EffectiveSampleSize.ShouldBe(500, 1e-6);
        estimate.Snips.ShouldBe(log.Average(move => move.Reward), 1e-9);
        Estimate(Log(2, 500, Rewards)).EffectiveSampleSize.ShouldBeInRange(50, 450);
    }

    [Fact]
    public void Weights_above_the_bound_are_cut_and_counted()
    {
        LoggedMove[] log = [new(0, 0.01, 1, [1, 0], [0.5, 0.5]), new(0, 0.5, 0, [1, 0], [0.5, 0.5])];
        var estimate = Estimate(log, maxWeight: 10);
        (estimate.Clipped, estimate.MaxWeight).ShouldBe((1, 10));
        estimate.Ips.ShouldBe(5, 1e-12);
        estimate.Value.Value.ShouldBe((0.5 + (10 * 0.5) + 0.5 - (2 * 0.5)) / 2, 1e-12);
        Estimate(log, double.PositiveInfinity).Clipped.ShouldBe(0);
    }

    [Fact]
    public void Decisions_in_a_row_weigh_with_the_product_of_their_ratios_so_far()
    {
        LoggedMove first = new(0, 0.5, -0.1, [0.8, 0.2], [0.6, 0.4]), second = new(1, 0.25, 1, [0.5, 0.5], [0.3, 0.7]);
        var estimate = DoublyRobust.Estimate([[first, second], [first with { Reward = 0.5 }]]);

        // By hand: 0.56 + 1.6 (r − 0.6), and for the first query on: 1.6 · 0.5 + 3.2 (1 − 0.7).
        var expected = new[] { 0.56 + (1.6 * (-0.1 - 0.6)) + (1.6 * 0.5) + (3.2 * (1 - 0.7)), 0.56 + (1.6 * (0.5 - 0.6)) };
        estimate.Value.Value.ShouldBe(expected.Average(), 1e-12);
        estimate.Logged.Value.ShouldBe((0.9 + 0.5) / 2, 1e-12);
        estimate.Gain.Value.ShouldBe(expected.Average() - 0.7, 1e-12);
        estimate.Ips.ShouldBe(((1.6 * -0.1) + 3.2 + (1.6 * 0.5)) / 2, 1e-12);
        // The query that ended keeps its weight where the normaliser of the second decision is made.
        estimate.Snips.ShouldBe((1.6 * 0.4 / 3.2) + (3.2 / 4.8), 1e-12);
        (Math.Round(estimate.LargestWeight, 9), estimate.Clipped).ShouldBe((3.2, 0));
        var cut = DoublyRobust.Estimate([[first, second]], maxWeight: 2);
        cut.Value.Value.ShouldBe(0.56 + (1.6 * -0.7) + (1.6 * 0.5) + (2 * 0.3), 1e-12);
        (Math.Round(cut.LargestWeight, 9), cut.Clipped).ShouldBe((3.2, 1));
        Should.Throw<ArgumentException>(() => DoublyRobust.Estimate([[first], []]));
    }

    [Fact]
    public void What_could_not_have_been_logged_is_refused()
    {
        var fine = new LoggedMove(0, 0.5, 1, [1, 0], [0, 0]);
        Should.NotThrow(() => Estimate([fine]));
        foreach (var wrong in (LoggedMove[])[fine with { Propensity = 0 }, fine with { Propensity = 1.5 }, fine with { Move = 2 }, fine with { Candidate = [0.5, 0.2] }, fine with { Candidate = [1.5, -0.5] }, fine with { Predictions = [0] }, fine with { Reward = double.NaN }])
            Should.Throw<ArgumentException>(() => Estimate([wrong]));
        Should.Throw<ArgumentException>(() => Estimate([]));
    }

    /// <summary>Queries of one decision each.</summary>
    private static OffPolicyEstimate Estimate(IReadOnlyList<LoggedMove> log, double maxWeight = DoublyRobust.DefaultMaxWeight) =>
        DoublyRobust.Estimate([.. log.Select(IReadOnlyList<LoggedMove> (move) => [move])], maxWeight);

    private static List<LoggedMove> Log(int seed, int decisions, double[][] predictions)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, decisions).Select(_ =>
        {
            var context = random.Next(2);
            var drawn = random.NextDouble();
            var move = drawn < Logging[context][0] ? 0 : drawn < Logging[context][0] + Logging[context][1] ? 1 : 2;
            var reward = random.NextDouble() < Rewards[context][move] ? 1.0 : 0;
            return new LoggedMove(move, Logging[context][move], reward, Candidate[context], predictions[context]);
        })];
    }
}
