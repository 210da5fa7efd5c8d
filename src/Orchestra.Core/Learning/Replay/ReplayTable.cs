using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Learning.Replay;

/// <summary>Rows of one or several outcome tables with the experts that they know, the environment in which policies are trained and evaluated.</summary>
public sealed class ReplayTable
{
    private const int CharactersPerToken = 4;

    private ReplayTable(IReadOnlyList<ExpertDescriptor> experts, IReadOnlyList<ReplayRow> rows)
    {
        Experts = experts;
        Rows = rows;
    }

    /// <summary>The experts, cheapest first by what they charge for a typical call; their prices are those given, or read off the recorded costs.</summary>
    public IReadOnlyList<ExpertDescriptor> Experts { get; }

    /// <summary>The rows that at least one of the experts answered, in the tables' order.</summary>
    public IReadOnlyList<ReplayRow> Rows { get; }

    /// <summary>The vectors of the rows' prompts; null where Orchestra's own embedder makes them at need.</summary>
    public RowVectors? Vectors { get; init; }

    /// <summary>Prepares rows; throws <see cref="OrchestraException"/> where a named or priced expert stands in none of them.</summary>
    /// <param name="rows">Rows of one or several tables.</param>
    /// <param name="experts">The experts to keep; null keeps all.</param>
    /// <param name="prices">What experts charge whose costs were not recorded; null for none.</param>
    public static ReplayTable Create(IReadOnlyList<OutcomeRow> rows, IReadOnlyCollection<string>? experts = null, IReadOnlyDictionary<string, ExpertPrice>? prices = null)
    {
        var known = rows.SelectMany(row => row.Outcomes.Keys).Distinct(StringComparer.Ordinal).ToList();
        if ((experts ?? []).Concat(prices?.Keys ?? []).FirstOrDefault(name => !known.Contains(name)) is { } missing)
            throw new OrchestraException(ErrorCode.NotFound, 404, $"No row has an outcome of '{missing}'. The experts of these tables are: {string.Join(", ", known)}.");
        var descriptors = (experts ?? known).Distinct(StringComparer.Ordinal)
            .Select(name => RecordedPrice.Describe(name, rows) is var recorded && prices is not null && prices.TryGetValue(name, out var price) ? recorded with { Price = price } : recorded)
            .OrderBy(RecordedPrice.OfTypicalCall).ThenBy(descriptor => descriptor.Name, StringComparer.Ordinal)
            .ToList();
        var prepared = rows.Select(row => Prepare(row, descriptors)).Where(row => row.Outcomes.Any(outcome => outcome is not null)).ToList();
        return new ReplayTable(descriptors, prepared);
    }

    /// <summary>The same experts with only these rows.</summary>
    public ReplayTable With(IReadOnlyList<ReplayRow> rows) => new(Experts, rows) { Vectors = Vectors };

    /// <summary>The same with vectors of its prompts.</summary>
    public ReplayTable With(RowVectors vectors) => new(Experts, Rows) { Vectors = vectors };

    /// <summary>The index of an expert in <see cref="Experts"/>; throws <see cref="OrchestraException"/> where it is not there.</summary>
    public int IndexOf(string expert)
    {
        for (var i = 0; i < Experts.Count; i++)
        {
            if (Experts[i].Name == expert)
                return i;
        }

        throw new OrchestraException(ErrorCode.NotFound, 404, $"There is no expert '{expert}' here. There are: {string.Join(", ", Experts.Select(descriptor => descriptor.Name))}.");
    }

    private static ReplayRow Prepare(OutcomeRow row, List<ExpertDescriptor> experts)
    {
        var outcomes = new ReplayOutcome?[experts.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (row.Outcomes.TryGetValue(experts[i].Name, out var outcome))
                outcomes[i] = Prepare(row.Prompt, outcome, experts[i]);
        }

        return new ReplayRow(row.Id, row.Task, row.Prompt, outcomes);
    }

    private static ReplayOutcome Prepare(string prompt, Outcome outcome, ExpertDescriptor expert)
    {
        var cost = outcome.CostUsd is { } dollars ? (double)dollars : expert.Price.CostOf(outcome.InputTokens ?? (prompt.Length / CharactersPerToken), outcome.OutputTokens ?? 0).Nanos / 1e9;
        return new ReplayOutcome(outcome.Score, cost, outcome.LatencySeconds ?? 0, outcome.OutputTokens ?? 0, outcome.Response);
    }
}
