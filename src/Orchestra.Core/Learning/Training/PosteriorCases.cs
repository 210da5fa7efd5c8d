using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Draws states of knowledge from a table, in which the answers of some of the experts are known, and makes cases for predicting the outcomes of all.</summary>
internal static class PosteriorCases
{
    private const int States = 3;

    /// <summary>The cases of some rows.</summary>
    public static List<CaseGroup> Draw(TrainingData data, RowPriors priors, IReadOnlyList<int> rows, long seed, CancellationToken ct)
    {
        var groups = new CaseGroup[rows.Count];
        using var states = new ThreadLocal<QueryState>(() => new QueryState(data.Blank, data.Table.Experts));
        TrainingCores.For(rows.Count, i => groups[i] = Draw(data, priors, states.Value!, rows[i], RowRandom.Of(seed, rows[i])), ct);
        return [.. groups];
    }

    private static CaseGroup Draw(TrainingData data, RowPriors priors, QueryState state, int row, Random random)
    {
        priors.Begin(state, row);
        var present = Enumerable.Range(0, data.Names.Length).Where(expert => state.Experts[expert].IsPresent).ToList();
        var readable = present.FindAll(expert => data.Answer(row, expert)!.Features.Length > 0);
        var cases = new List<OutcomeCase>();
        for (var i = 0; i < States && readable.Count > 0; i++)
        {
            foreach (var expert in present)
                state.Experts[expert].Reset();
            var asked = random.Next(1, readable.Count + 1);
            foreach (var expert in readable.OrderBy(_ => random.Next()).Take(asked).ToList())
                state.Experts[expert].Answer = data.Answer(row, expert);
            foreach (var expert in present)
            {
                var numbers = new float[PosteriorNumbers.Count];
                PosteriorNumbers.Write(state.Experts, expert, numbers);
                cases.Add(new OutcomeCase(numbers, (float)data.Table.Rows[row].Outcomes[expert]!.Score, 1, state.Experts[expert].Prior));
            }
        }

        return new CaseGroup(cases);
    }
}
