using Orchestra.Core.Learning.Evaluation.Frontiers;

namespace Orchestra.Core.Learning.Evaluation.Online;

/// <summary>Adds up what learners reached, query by query.</summary>
internal static class OnlineSteps
{
    /// <summary>The steps at these numbers of queries, those above 0.</summary>
    public static IReadOnlyList<OnlineStep> Of(EvaluationSetup setup, OnlineRun run, IReadOnlyList<int> marks)
    {
        var rows = setup.Table.Rows.Count;
        var weak = PreferencePoints.At(setup, new double[rows]);
        var strong = PreferencePoints.At(setup, [.. Enumerable.Repeat(1.0, rows)]);
        var price = PriceOfDollar(weak, strong);
        return [.. marks.Where(mark => mark > 0).Select(mark => Mean(mark, [.. run.Orders.Select(order => At(order, mark, weak, strong, price))]))];
    }

    /// <summary>Score for a dollar at which both experts are worth the same; 0 where the strong one is no better or no dearer.</summary>
    private static double PriceOfDollar(OperatingPoint weak, OperatingPoint strong)
    {
        var dollars = (strong.CostUsdPer1k - weak.CostUsdPer1k) / 1000;
        return dollars > 0 ? Math.Max(0, (strong.Accuracy - weak.Accuracy) / dollars) : 0;
    }

    private static OnlineStep At(OnlineOrder order, int mark, OperatingPoint weak, OperatingPoint strong, double price)
    {
        double score = 0, cost = 0, strongCalls = 0, ofWeak = 0, ofStrong = 0, ofBetter = 0;
        for (var i = 0; i < mark; i++)
        {
            var row = order.Rows[i];
            score += order.Scores[i];
            cost += order.CostsUsd[i];
            strongCalls += order.CalledStrong[i] ? 1 : 0;
            var weakReward = weak.Scores[row] - (price * weak.CostsUsd[row]);
            var strongReward = strong.Scores[row] - (price * strong.CostsUsd[row]);
            ofWeak += weakReward;
            ofStrong += strongReward;
            ofBetter += Math.Max(weakReward, strongReward);
        }

        var reward = score - (price * cost);
        return new OnlineStep(mark, score / mark, cost * 1000 / mark, strongCalls / mark, reward / mark, ofWeak / mark, ofStrong / mark, ofBetter - reward);
    }

    private static OnlineStep Mean(int mark, OnlineStep[] orders) => new(
        mark,
        orders.Average(order => order.Accuracy),
        orders.Average(order => order.CostUsdPer1k),
        orders.Average(order => order.StrongShare),
        orders.Average(order => order.Reward),
        orders.Average(order => order.RewardOfWeak),
        orders.Average(order => order.RewardOfStrong),
        orders.Average(order => order.Regret));
}
