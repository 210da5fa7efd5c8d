using Orchestra.Core.Learning.Evaluation.Resampling;

namespace Orchestra.Core.Tests.Learning.Evaluation.Resampling;

public sealed class BootstrapTests
{
    private const int Rows = 400;

    [Fact]
    public void The_interval_of_a_mean_is_as_wide_as_theory_says()
    {
        var values = Values(1);
        var mean = values.Average();
        var error = Math.Sqrt(mean * (1 - mean) / Rows);

        var interval = Bootstrap.Intervals(Rows, [Mean(values)], seed: 7)[0][0];

        interval.Low.ShouldBe(mean - (1.96 * error), 0.15 * 1.96 * error);
        interval.High.ShouldBe(mean + (1.96 * error), 0.15 * 1.96 * error);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var values = Values(2);
        var first = Bootstrap.Intervals(Rows, [Mean(values)], seed: 7, resamples: 200)[0][0];
        Bootstrap.Intervals(Rows, [Mean(values)], seed: 7, resamples: 200)[0][0].ShouldBe(first);
        Bootstrap.Intervals(Rows, [Mean(values)], seed: 8, resamples: 200)[0][0].ShouldNotBe(first);
    }

    [Fact]
    public void All_figures_see_the_same_resamples()
    {
        // Alone each mean varies; a constant difference shows that both are of the same rows.
        var values = Values(3);
        var shifted = values.Select(value => value + 0.25).ToArray();
        var difference = new StatisticGroup(1, (weights, figures) => figures[0] = Dot(weights, shifted) - Dot(weights, values));
        var intervals = Bootstrap.Intervals(Rows, [Mean(values), Mean(shifted), difference], seed: 1, resamples: 100);
        intervals[1][0].Low.ShouldBe(intervals[0][0].Low + 0.25, 1e-9);
        intervals[2][0].Low.ShouldBe(0.25, 1e-9);
        intervals[2][0].High.ShouldBe(0.25, 1e-9);
    }

    [Fact]
    public void Every_resample_draws_as_many_rows_as_there_are()
    {
        var count = new StatisticGroup(1, (weights, figures) => figures[0] = Dot(weights, [.. Enumerable.Repeat(1.0, Rows)]) * Rows);
        Bootstrap.Intervals(Rows, [count], seed: 1, resamples: 50)[0][0].ShouldBe(new Interval(Rows, Rows));
    }

    [Fact]
    public void Ctrl_C_is_heard() => Should.Throw<OperationCanceledException>(() => Bootstrap.Intervals(Rows, [Mean(Values(1))], seed: 1, ct: new CancellationToken(canceled: true)));

    private static StatisticGroup Mean(double[] values) => new(1, (weights, figures) => figures[0] = Dot(weights, values));

    private static double Dot(ReadOnlySpan<double> weights, double[] values)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += weights[i] * values[i];
        return sum / Rows;
    }

    private static double[] Values(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() < 0.3 ? 1.0 : 0)];
    }
}
