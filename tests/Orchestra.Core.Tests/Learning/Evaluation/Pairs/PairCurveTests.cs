using FsCheck.Xunit;
using Orchestra.Core.Learning.Evaluation;
using Orchestra.Core.Learning.Evaluation.Baselines;
using Orchestra.Core.Learning.Evaluation.Pairs;
using Orchestra.Core.Learning.Evaluation.Reports;

namespace Orchestra.Core.Tests.Learning.Evaluation.Pairs;

public sealed class PairCurveTests
{
    /// <summary>Ten questions, longest prompt first; the strong expert gains +1 +1 0 −1 0 +1 0 0 0 0 in this order.</summary>
    private static readonly (double Weak, double Strong)[] Ten = [(0, 1), (0, 1), (1, 1), (1, 0), (0, 0), (0, 1), (1, 1), (1, 1), (0, 0), (1, 1)];

    [Fact]
    public void Prompt_length_on_a_table_made_by_hand_has_the_figures_that_a_hand_computes()
    {
        // Gained after 0, 1, … 10 strong calls: 0 1 2 2 1 1 2 2 2 2 2; the gap is 2.
        var figures = FiguresOf("prompt length");
        figures.Apgr!.Value.Value.ShouldBe((0.5 + 1.5 + 2 + 1.5 + 1 + 1.5 + 2 + 2 + 2 + 2) / 10 / 2, 1e-12);
        figures.Cpt50!.Value.Value.ShouldBe(0.1, 1e-12);
        figures.Cpt80!.Value.Value.ShouldBe(0.16, 1e-12);
    }

    [Fact]
    public void The_oracle_on_a_table_made_by_hand_has_the_figures_that_a_hand_computes()
    {
        // Gained after 0, 1, … 10 strong calls: 0 1 2 3 3 3 3 3 3 3 2.
        var figures = FiguresOf("oracle");
        figures.Apgr!.Value.Value.ShouldBe((0.5 + 1.5 + 2.5 + (6 * 3) + 2.5) / 10 / 2, 1e-12);
        figures.Cpt50!.Value.Value.ShouldBe(0.1, 1e-12);
        figures.Cpt80!.Value.Value.ShouldBe(0.16, 1e-12);
        (figures.Shown.Accuracy, figures.Shown.StrongShare).ShouldBe((0.8, 0.3));
    }

    [Fact]
    public void Equal_preferences_close_the_gap_as_a_random_order_does_on_average_whatever_the_order_of_the_table()
    {
        foreach (var table in (IEnumerable<(double Weak, double Strong)[]>)[Ten, [.. Ten.Reverse()]])
        {
            var metrics = Measure(new double[10], table);
            metrics.Apgr.ShouldBe(0.5, 1e-12);
            metrics.Cpt50.ShouldBe(0.5, 1e-12);
            metrics.Cpt80.ShouldBe(0.8, 1e-12);
        }
    }

    [Fact]
    public void A_group_of_equals_in_the_middle_is_crossed_in_a_straight_line()
    {
        // One certain gain, then eight equals that gain 4 together, then one that loses.
        (double, double)[] table = [(0, 1), (0, 1), (0, 1), (0, 1), (0, 1), (0, 0), (0, 0), (1, 1), (1, 1), (1, 0)];
        var metrics = Measure([3, 2, 2, 2, 2, 2, 2, 2, 2, 1], table);
        // 0 1 1.5 2 2.5 3 3.5 4 4.5 5 4
        metrics.Apgr.ShouldBe((1 + 1.5 + 2 + 2.5 + 3 + 3.5 + 4 + 4.5 + 5 + 2) / 10 / 4, 1e-12);
        metrics.Cpt50.ShouldBe(0.3, 1e-12);
    }

    [Fact]
    public void Where_the_strong_expert_is_no_better_there_is_no_gap_to_close()
    {
        var metrics = Measure([1, 2], [(1, 0), (0, 1)]);
        (metrics.WeakAccuracy, metrics.StrongAccuracy).ShouldBe((0.5, 0.5));
        double.IsNaN(metrics.Apgr).ShouldBeTrue();
        double.IsNaN(metrics.Cpt50).ShouldBeTrue();
    }

    [Fact]
    public void A_preference_that_is_no_number_is_refused() => Should.Throw<ArgumentException>(() => Measure([double.NaN, 1], [(0, 1), (0, 1)]));

    [Property(MaxTest = 50)]
    public void A_monotone_change_of_the_scale_changes_nothing(int seed)
    {
        var (preferences, weak, strong) = Draw(seed, 60);
        var expected = PairCurve.Create(preferences, weak, strong).Measure();
        PairCurve.Create([.. preferences.Select(each => Math.Exp(each / 3) - 7)], weak, strong).Measure().ShouldBe(expected);
    }

    [Property(MaxTest = 50)]
    public void No_preference_beats_the_oracle(int seed)
    {
        var (preferences, weak, strong) = Draw(seed, 60);
        var gap = strong.Sum() - weak.Sum();
        if (gap <= 0)
            return;
        var oracle = PairCurve.Create([.. strong.Zip(weak, (one, other) => one - other)], weak, strong).Measure();
        PairCurve.Create(preferences, weak, strong).Measure().Apgr.ShouldBeLessThanOrEqualTo(oracle.Apgr + 1e-12);
    }

    [Property(MaxTest = 20)]
    public void The_order_of_the_rows_changes_nothing(int seed)
    {
        var (preferences, weak, strong) = Draw(seed, 40);
        var order = Enumerable.Range(0, 40).ToArray();
        new Random(seed).Shuffle(order);
        var shuffled = PairCurve.Create([.. order.Select(i => preferences[i])], [.. order.Select(i => weak[i])], [.. order.Select(i => strong[i])]).Measure();
        var expected = PairCurve.Create(preferences, weak, strong).Measure();
        shuffled.Apgr.ShouldBe(expected.Apgr, 1e-9);
        shuffled.Cpt80.ShouldBe(expected.Cpt80, 1e-9);
    }

    [Fact]
    public void Random_preferences_close_half_of_the_gap_on_average()
    {
        var random = new Random(5);
        var weak = Enumerable.Range(0, 400).Select(_ => random.NextDouble() < 0.4 ? 1.0 : 0).ToArray();
        var strong = Enumerable.Range(0, 400).Select(_ => random.NextDouble() < 0.8 ? 1.0 : 0).ToArray();
        Enumerable.Range(0, 200).Average(_ => PairCurve.Create([.. weak.Select(_ => random.NextDouble())], weak, strong).Measure().Apgr).ShouldBe(0.5, 0.02);
    }

    [Fact]
    public void A_row_of_weight_two_counts_as_two_rows()
    {
        var (preferences, weak, strong) = Draw(3, 30);
        var weights = preferences.Select((_, i) => (double)(i % 3)).ToArray();
        var repeated = Enumerable.Range(0, 30).SelectMany(i => Enumerable.Repeat(i, i % 3)).ToArray();
        var expected = PairCurve.Create([.. repeated.Select(i => preferences[i])], [.. repeated.Select(i => weak[i])], [.. repeated.Select(i => strong[i])]).Measure();
        var weighted = PairCurve.Create(preferences, weak, strong).Measure(weights);
        weighted.Apgr.ShouldBe(expected.Apgr, 1e-9);
        weighted.Cpt50.ShouldBe(expected.Cpt50, 1e-9);
        weighted.StrongAccuracy.ShouldBe(expected.StrongAccuracy, 1e-9);
    }

    [Fact]
    public void A_share_of_strong_calls_splits_the_group_in_which_it_ends() =>
        PairCurve.Create([1, 3, 2, 2], new double[4], new double[4]).StrongAt(0.5).ShouldBe([0, 1, 0.5, 0.5]);

    private static PolicyFigures FiguresOf(string name)
    {
        var setup = EvaluationSetup.OfPair(Tables.Pair(Ten), "weak", "strong", cascade: false);
        return ReportBuilder.Build(setup, Baseline.RunAll(setup, default), default).Policies.Single(policy => policy.Name == name);
    }

    private static PairMetrics Measure(double[] preferences, (double Weak, double Strong)[] table) =>
        PairCurve.Create(preferences, [.. table.Select(each => each.Weak)], [.. table.Select(each => each.Strong)]).Measure();

    /// <summary>Preferences of few values, so that there are groups of equals.</summary>
    private static (double[] Preferences, double[] Weak, double[] Strong) Draw(int seed, int rows)
    {
        var random = new Random(seed);
        double[] Scores(double chance) => [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble() < chance ? 1.0 : 0)];
        return ([.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(8))], Scores(0.3), Scores(0.8));
    }
}
