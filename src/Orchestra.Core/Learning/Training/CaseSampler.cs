using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Training;

/// <summary>Draws states of knowledge from a table: no answer yet, or the answers of some of the experts.</summary>
internal static class CaseSampler
{
    private const int States = 3;
    private const double Forgotten = 0.3;

    /// <summary>The cases of some rows.</summary>
    public static List<CaseGroup> Draw(TrainingData data, IEnumerable<int> rows, PolicyWeights weights, long seed, CancellationToken ct)
    {
        var chosen = rows.ToList();
        var groups = new CaseGroup[chosen.Count];
        var states = new ThreadLocal<QueryState>(() => new QueryState(weights, data.Table.Experts));
        TrainingCores.For(chosen.Count, ct, i => groups[i] = Draw(data, states.Value!, chosen[i], new Random(HashCode(seed, chosen[i]))));
        return [.. groups];
    }

    private static CaseGroup Draw(TrainingData data, QueryState state, int row, Random random)
    {
        data.Begin(state, row);
        var terms = state.Features.Terms.ToArray();
        var present = Enumerable.Range(0, data.Names.Length).Where(expert => state.Experts[expert].IsPresent).ToList();
        var readable = present.FindAll(expert => data.Answer(row, expert)!.Features.Length > 0);
        var cases = new List<OutcomeCase>();
        AddCases(data, state, row, present, random, cases);
        for (var i = 1; i < States && readable.Count > 0; i++)
        {
            foreach (var expert in present)
                state.Experts[expert].Reset();
            var asked = random.Next(1, readable.Count + 1);
            foreach (var expert in readable.OrderBy(_ => random.Next()).Take(asked).ToList())
                state.Experts[expert].Answer = data.Answer(row, expert);
            AddCases(data, state, row, present, random, cases);
        }

        return new CaseGroup(terms, state.Features.TermValue, cases);
    }

    private static void AddCases(TrainingData data, QueryState state, int row, List<int> present, Random random, List<OutcomeCase> cases)
    {
        foreach (var expert in present)
        {
            var seen = state.Experts[expert];
            var (ability, nearby, weight) = (seen.Coordinates[2], seen.Nearby, seen.NearbyWeight);
            // Experts without outcomes must be predicted too, from their descriptors alone.
            var isForgotten = random.NextDouble() < Forgotten;
            if (isForgotten)
                (seen.Coordinates[2], seen.Nearby, seen.NearbyWeight) = (0, 0, 0);
            var numbers = new float[CaseNumbers.Count];
            CaseNumbers.Write(state.Features.Structure, state.Experts, expert, numbers);
            cases.Add(new OutcomeCase([.. seen.Coordinates], numbers, (float)data.Table.Rows[row].Outcomes[expert]!.Score, 1));
            if (isForgotten)
                (seen.Coordinates[2], seen.Nearby, seen.NearbyWeight) = (ability, nearby, weight);
        }
    }

    /// <summary>A seed for one row, so that the order in which threads take rows does not matter.</summary>
    public static int HashCode(long seed, int row) => (int)(((ulong)seed * 0x9E3779B97F4A7C15UL) + ((ulong)row * 0xD1B54A32D192ED03UL) >> 33);
}
