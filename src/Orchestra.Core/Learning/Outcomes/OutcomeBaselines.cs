namespace Orchestra.Core.Learning.Outcomes;

/// <summary>
/// Adds up what fixed ways to choose models would have reached on the same rows. Single models are compared only where they answered every row,
/// for a model measured on other questions is no baseline.
/// </summary>
public sealed class OutcomeBaselines
{
    private readonly OrderedDictionary<string, Tally> _models = [];
    private readonly Tally _random = new();
    private readonly Tally _oracle = new();

    /// <summary>Number of rows added.</summary>
    public int Rows { get; private set; }

    /// <summary>Adds a row; one without outcomes counts as failed by every way to choose.</summary>
    public void Add(OutcomeRow row)
    {
        Rows++;
        foreach (var (model, outcome) in row.Outcomes)
        {
            if (!_models.TryGetValue(model, out var tally))
                _models.Add(model, tally = new Tally());
            tally.Add(outcome.Score, outcome.CostUsd);
        }

        if (row.Outcomes.Count == 0)
            return;
        var outcomes = row.Outcomes.Values;
        _random.Add(outcomes.Average(outcome => outcome.Score), outcomes.All(outcome => outcome.CostUsd is not null) ? outcomes.Average(outcome => outcome.CostUsd) : null);
        var best = outcomes.OrderByDescending(outcome => outcome.Score).ThenBy(outcome => outcome.CostUsd ?? decimal.MaxValue).First();
        _oracle.Add(best.Score, best.CostUsd);
    }

    /// <summary>The baselines that the rows allow.</summary>
    /// <param name="costUsdPerThousand">
    /// What a thousand prompts cost the one that is compared: adds the random mix of the cheapest and the best model that costs as much. Null adds none.
    /// </param>
    public IReadOnlyList<OutcomeBaseline> Build(decimal? costUsdPerThousand = null)
    {
        var baselines = new List<OutcomeBaseline>();
        var complete = _models.Where(model => model.Value.Rows == Rows).ToList();
        if (complete.Count > 0)
        {
            var priced = complete.Where(model => model.Value.Cost is not null).ToList();
            if (priced.Count > 0)
                baselines.Add(Baseline("always-cheapest", priced.MinBy(model => model.Value.Cost)));
            baselines.Add(Baseline("always-best", complete.OrderByDescending(model => model.Value.Score).ThenBy(model => model.Value.Cost ?? decimal.MaxValue).First()));
        }

        if (_oracle.Rows > 0)
        {
            baselines.Add(Baseline("random", new(null!, _random)));
            if (costUsdPerThousand is { } cost && baselines is [{ CostUsdPerThousand: { } least } cheapest, { CostUsdPerThousand: { } most } best, ..] && least < most)
            {
                var share = Math.Clamp((cost - least) / (most - least), 0, 1);
                baselines.Add(new OutcomeBaseline(
                    "random-at-this-cost", null, cheapest.Accuracy + ((double)share * (best.Accuracy - cheapest.Accuracy)), least + (share * (most - least))));
            }

            baselines.Add(Baseline("oracle", new(null!, _oracle)));
        }

        return baselines;
    }

    private OutcomeBaseline Baseline(string name, KeyValuePair<string, Tally> tally) =>
        new(name, tally.Key, tally.Value.Score / Rows, tally.Value.Cost * 1000 / Rows);

    private sealed class Tally
    {
        public int Rows { get; private set; }

        public double Score { get; private set; }

        public decimal? Cost { get; private set; } = 0;

        public void Add(double score, decimal? cost)
        {
            Rows++;
            Score += score;
            Cost += cost;
        }
    }
}
