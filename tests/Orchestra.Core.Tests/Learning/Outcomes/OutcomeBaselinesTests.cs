using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.Core.Tests.Learning.Outcomes;

public sealed class OutcomeBaselinesTests
{
    [Fact]
    public void The_baselines_are_the_means_over_the_rows()
    {
        var baselines = new OutcomeBaselines();
        baselines.Add(Row(("cheap", 1, 0.001m), ("dear", 1, 0.1m)));
        baselines.Add(Row(("cheap", 0, 0.002m), ("dear", 1, 0.2m)));
        baselines.Add(Row(("cheap", 0, 0.003m), ("dear", 0, 0.3m)));
        baselines.Add(Row(("cheap", 0.5, 0.004m), ("dear", 1, 0.4m)));

        baselines.Build().ShouldBe(
        [
            new("always-cheapest", "cheap", 0.375, 2.5m),
            new("always-best", "dear", 0.75, 250m),
            new("random", null, 0.5625, 126.25m),
            new("oracle", null, 0.75, 151m),
        ]);
    }

    [Theory]
    [InlineData(176.75, 0.375, 176.75)]
    [InlineData(1000, 0.5, 350)]
    [InlineData(0, 0.25, 3.5)]
    public void A_random_mix_of_the_same_cost_lies_between_the_cheapest_and_the_best(double cost, double accuracy, double itsCost)
    {
        var baselines = new OutcomeBaselines();
        baselines.Add(Row(("cheap", 0, 0.003m), ("dear", 0, 0.3m)));
        baselines.Add(Row(("cheap", 0.5, 0.004m), ("dear", 1, 0.4m)));
        var mix = baselines.Build((decimal)cost).Single(each => each.Name == "random-at-this-cost");
        mix.Accuracy.ShouldBe(accuracy, 1e-12);
        mix.CostUsdPerThousand.ShouldBe((decimal)itsCost);
    }

    [Fact]
    public void A_model_that_did_not_answer_every_row_is_no_baseline()
    {
        var baselines = new OutcomeBaselines();
        baselines.Add(Row(("often", 0, 0.5m), ("once", 1, 0.001m)));
        baselines.Add(Row(("often", 0, 0.5m)));

        var built = baselines.Build();

        built.Where(each => each.Model is not null).ShouldAllBe(each => each.Model == "often");
        built.Single(each => each.Name == "oracle").Accuracy.ShouldBe(0.5);
    }

    [Fact]
    public void Without_recorded_costs_there_is_accuracy_but_no_cheapest()
    {
        var baselines = new OutcomeBaselines();
        baselines.Add(Row(("a", 1, null), ("b", 0, null)));

        baselines.Build().ShouldBe([new("always-best", "a", 1, null), new("random", null, 0.5, null), new("oracle", null, 1, null)]);
    }

    [Fact]
    public void No_rows_have_no_baselines() => new OutcomeBaselines().Build().ShouldBeEmpty();

    private static OutcomeRow Row(params (string Model, double Score, decimal? Cost)[] outcomes) =>
        new("id", "task", "prompt", outcomes.ToDictionary(each => each.Model, each => new Outcome(each.Score) { CostUsd = each.Cost }));
}
