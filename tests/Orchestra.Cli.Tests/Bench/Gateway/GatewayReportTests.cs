using Orchestra.Cli.Bench.Gateway;
using Orchestra.Cli.Bench.Gateway.Load;
using Orchestra.Cli.Bench.Gateway.Reports;
using Orchestra.Core.Budgets;

namespace Orchestra.Cli.Tests.Bench.Gateway;

public sealed class GatewayReportTests
{
    private static readonly GatewayBenchOptions Options = new(1, 3, 1, 32, null, "", "orchestra", 0);

    [Fact]
    public void What_is_added_is_the_median_of_the_rounds_differences()
    {
        var report = Report((0.1, 0.5), (1.1, 1.6), (0.1, 0.8));

        var figure = report.Figures()[0];

        figure.Added!.Value.ShouldBe(0.5, 1e-9);
        figure.Direct.ShouldBe(0.1, 1e-9);
        figure.Node.ShouldBe(0.8, 1e-9);
        figure.Target.ShouldBe(new Target("added ≤ 0.6 ms", Met: true));
    }

    [Fact]
    public void A_figure_over_its_target_is_missed()
    {
        var figures = Report((0.1, 3), (0.1, 3), (0.1, 3)).Figures();

        figures.Where(figure => figure.Target is { Met: false }).Select(figure => figure.Name)
            .ShouldBe(["p50 at 1 connection", "requests per second at 32", "first streamed event, p50"]);
    }

    [Theory]
    [InlineData(100, 0, true)]
    [InlineData(99, 0, false)]
    [InlineData(100, 1, false)]
    public void A_ledger_that_is_off_by_a_nano_dollar_does_not_agree(long spent, long reserved, bool agrees)
    {
        var check = new LedgerCheck(10, new Money(10), new Money(100), new Money(spent), new Money(reserved));

        check.Agrees.ShouldBe(agrees);
        (Report((1, 2)) with { Ledger = check }).IsSound.ShouldBe(agrees);
    }

    private static GatewayReport Report(params (double Direct, double Node)[] rounds) =>
        new(Options, "a machine", rounds.Select(round => Round(round.Direct, round.Node)).ToArray(), null, null, null);

    private static GatewayRound Round(double direct, double node)
    {
        var pair = new LoadPair(Result(direct), Result(node));
        return new GatewayRound(pair, pair, pair);
    }

    private static LoadResult Result(double latency) => new(100, 0, null, 1000 / latency, latency, latency * 2);
}
