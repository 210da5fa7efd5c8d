using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Evaluation;

/// <summary>The rows, the experts and the protocol under which policies are compared.</summary>
public sealed class EvaluationSetup
{
    private EvaluationSetup(ReplayTable table, bool isPair, bool cascade, IReadOnlyList<int> complete, int weak, int strong)
    {
        Table = table;
        IsPair = isPair;
        Cascade = cascade;
        Complete = complete;
        Weak = weak;
        Strong = strong;
    }

    /// <summary>The rows and the experts.</summary>
    public ReplayTable Table { get; }

    /// <summary>Whether two experts are compared, so that the metrics of pairs exist.</summary>
    public bool IsPair { get; }

    /// <summary>Whether policies see answers and may go on: of a pair the weak expert is always called first. Otherwise each decides once, before any answer.</summary>
    public bool Cascade { get; }

    /// <summary>The experts that answered every row, by index: the only ones that are fair to compare with.</summary>
    public IReadOnlyList<int> Complete { get; }

    /// <summary>The weak expert of the pair, else the cheapest that answered every row, by index.</summary>
    public int Weak { get; }

    /// <summary>The strong expert of the pair, else the most accurate that answered every row, by index.</summary>
    public int Strong { get; }

    /// <summary>The fold of each row, 0 and up; null without cross-validation.</summary>
    public IReadOnlyList<int>? Folds { get; init; }

    /// <summary>The seed of all chance in the comparison.</summary>
    public long Seed { get; init; }

    /// <summary>Whether preferences are replaced by their rank within the fold before folds are pooled; default they are taken as they are.</summary>
    public bool RankInFolds { get; init; }

    /// <summary>A copy with folds, a seed and a scale of preferences.</summary>
    /// <param name="folds">The fold of each row; null for none.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="rankInFolds">See <see cref="RankInFolds"/>.</param>
    public EvaluationSetup With(IReadOnlyList<int>? folds, long seed, bool rankInFolds = false) =>
        new(Table, IsPair, Cascade, Complete, Weak, Strong) { Folds = folds, Seed = seed, RankInFolds = rankInFolds };

    /// <summary>Compares on the rows that both experts answered; throws <see cref="OrchestraException"/> where an expert is unknown or no row has both.</summary>
    public static EvaluationSetup OfPair(IReadOnlyList<OutcomeRow> rows, string weak, string strong, bool cascade, IReadOnlyDictionary<string, ExpertPrice>? prices = null)
    {
        var all = ReplayTable.Create(rows);
        // Looked up in the whole table, so that the message names every expert that there is.
        all.IndexOf(weak);
        all.IndexOf(strong);
        if (weak == strong)
            throw new OrchestraException(ErrorCode.InvalidRequest, 400, $"The weak and the strong expert are both '{weak}': name two.");
        var pair = ReplayTable.Create(rows, [weak, strong], prices);
        var table = pair.With([.. pair.Rows.Where(row => row.Outcomes.All(outcome => outcome is not null))]);
        if (table.Rows.Count == 0)
            throw new OrchestraException(ErrorCode.NotFound, 404, $"No row was answered by both '{weak}' and '{strong}'.");
        return new EvaluationSetup(table, isPair: true, cascade, [0, 1], table.IndexOf(weak), table.IndexOf(strong));
    }

    /// <summary>
    /// Compares on the rows that all named experts answered, or on every row where none are named; throws <see cref="OrchestraException"/> where an expert is unknown or no expert
    /// answered every row.
    /// </summary>
    public static EvaluationSetup OfExperts(IReadOnlyList<OutcomeRow> rows, IReadOnlyCollection<string>? experts, bool cascade, IReadOnlyDictionary<string, ExpertPrice>? prices = null)
    {
        var table = ReplayTable.Create(rows, experts, prices);
        if (experts is not null)
            table = table.With([.. table.Rows.Where(row => row.Outcomes.All(outcome => outcome is not null))]);
        if (table.Rows.Count == 0)
            throw new OrchestraException(ErrorCode.NotFound, 404, "No row was answered by all of these experts: name others, or give other tables.");
        var complete = Enumerable.Range(0, table.Experts.Count).Where(expert => table.Rows.All(row => row.Outcomes[expert] is not null)).ToList();
        if (complete.Count == 0)
            throw new OrchestraException(ErrorCode.NotFound, 404, "No expert answered every row, so there is nothing fair to compare with: give the tables one by one, or name experts that answered the same rows.");
        var cheapest = complete.MinBy(expert => table.Rows.Sum(row => row.Outcomes[expert]!.CostUsd));
        var best = complete.MaxBy(expert => table.Rows.Sum(row => row.Outcomes[expert]!.Score));
        return new EvaluationSetup(table, isPair: false, cascade, complete, cheapest, best);
    }

    /// <summary>An episode of a row as the protocol begins it.</summary>
    internal ReplayEpisode Begin(ReplayRow row)
    {
        var episode = new ReplayEpisode(Table, row) { MaxCalls = Cascade ? int.MaxValue : 1 };
        if (IsPair && Cascade)
            episode.Make(ReplayMove.Delegate(Weak));
        return episode;
    }

    /// <summary>The scores of one expert in the order of the rows; it must be one of <see cref="Complete"/>.</summary>
    internal double[] ScoresOf(int expert) => [.. Table.Rows.Select(row => row.Outcomes[expert]!.Score)];

    /// <summary>Mean dollars of a call of one expert; it must be one of <see cref="Complete"/>.</summary>
    internal double MeanCostOf(int expert) => Table.Rows.Average(row => row.Outcomes[expert]!.CostUsd);
}
