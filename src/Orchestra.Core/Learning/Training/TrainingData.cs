using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;

namespace Orchestra.Core.Learning.Training;

/// <summary>A table as a training sees it: answers read, similar queries looked up, every row in a fold whose outcomes do not count for it.</summary>
internal sealed class TrainingData
{
    /// <summary>Folds for predictions that have not seen the row.</summary>
    public const int Folds = 4;

    private readonly NeighbourScore[] _nearby;
    private readonly SeenAnswer?[] _answers;

    /// <summary>Prepares the rows of a table.</summary>
    public TrainingData(ReplayTable table, long seed, CancellationToken ct)
    {
        Table = table;
        Names = [.. table.Experts.Select(expert => expert.Name)];
        Fold = [.. table.Rows.Select(row => RowHash.Of(row.Prompt, seed) % Folds)];
        _answers = new SeenAnswer?[table.Rows.Count * Names.Length];
        TrainingCores.For(table.Rows.Count, row =>
        {
            for (var expert = 0; expert < Names.Length; expert++)
            {
                if (table.Rows[row].Outcomes[expert] is { } outcome)
                    _answers[(row * Names.Length) + expert] = SeenAnswer.Of(table.Rows[row].Prompt, outcome.Response);
            }
        }, ct);
        var everything = MemoryOf(table, Math.Clamp(table.Rows.Count, 1, OutcomeMemory.MaxCapacity), out _);
        var held = everything.Count;
        _nearby = new NeighbourScore[table.Rows.Count * Names.Length];
        // Of more rows than a memory holds, the first ones go without neighbours.
        everything.LeaveOneOut(Names, folds: Fold[^held..], ct: ct).CopyTo(_nearby, (table.Rows.Count - held) * Names.Length);
        Memory = MemoryOf(table, OutcomeMemory.DefaultCapacity, out var outputs);
        Outputs = outputs;
        Queries = RowQuery.ReadAll(table.Rows.Select(row => row.Prompt));
        Rows = [.. Enumerable.Range(0, table.Rows.Count)];
        Blank = new PolicyWeights(PriorPredictor.Blank(), PosteriorPredictor.Blank(), MoveScorer.Initial(new Random(0)), Memory, Outputs);
    }

    /// <summary>The rows.</summary>
    public ReplayTable Table { get; }

    /// <summary>The experts' names.</summary>
    public string[] Names { get; }

    /// <summary>The fold of each row.</summary>
    public int[] Fold { get; }

    /// <summary>The outcomes that the policy will remember.</summary>
    public OutcomeMemory Memory { get; }

    /// <summary>The query of each row.</summary>
    public IReadOnlyList<RowQuery> Queries { get; }

    /// <summary>Completion tokens of ordinary answers.</summary>
    public IReadOnlyDictionary<string, double> Outputs { get; }

    /// <summary>The indices of all rows.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Weights that know the memory and nothing else.</summary>
    public PolicyWeights Blank { get; }

    /// <summary>The rows of a fold.</summary>
    public IReadOnlyList<int> RowsOf(int fold) => [.. Rows.Where(row => Fold[row] == fold)];

    /// <summary>The rows of all other folds.</summary>
    public IReadOnlyList<int> RowsWithout(int fold) => [.. Rows.Where(row => Fold[row] != fold)];

    /// <summary>What an expert answered to a row; null where the row lacks it.</summary>
    public SeenAnswer? Answer(int row, int expert) => _answers[(row * Names.Length) + expert];

    /// <summary>Puts a state at the beginning of a row, with what similar queries tell from other folds; priors are not predicted.</summary>
    public void BeginWithNeighbours(QueryState state, int row)
    {
        state.BeginNear(Table.Rows[row].Prompt, _nearby.AsSpan(row * Names.Length, Names.Length));
        for (var expert = 0; expert < Names.Length; expert++)
            state.Experts[expert].IsPresent = Table.Rows[row].Outcomes[expert] is not null;
    }

    private static OutcomeMemory MemoryOf(ReplayTable table, int capacity, out IReadOnlyDictionary<string, double> outputs)
    {
        var embedder = new HashedEmbedder();
        var memory = new OutcomeMemory(table.Vectors?.Dimensions ?? embedder.Dimensions, capacity);
        var vector = new float[memory.Dimensions];
        var sums = new SortedDictionary<string, (double Tokens, int Count)>(StringComparer.Ordinal);
        foreach (var row in table.Rows)
        {
            RowVectors.Write(table.Vectors, embedder, row.Prompt, vector);
            var scores = new List<KeyValuePair<string, double>>();
            for (var i = 0; i < row.Outcomes.Count; i++)
            {
                if (row.Outcomes[i] is not { } outcome)
                    continue;
                scores.Add(new(table.Experts[i].Name, outcome.Score));
                if (outcome.OutputTokens <= 0)
                    continue;
                foreach (var name in (ReadOnlySpan<string>)[table.Experts[i].Name, string.Empty])
                {
                    var (tokens, count) = sums.GetValueOrDefault(name);
                    sums[name] = (tokens + outcome.OutputTokens, count + 1);
                }
            }

            memory.Add(vector, scores);
        }

        outputs = sums.ToDictionary(sum => sum.Key, sum => sum.Value.Tokens / sum.Value.Count, StringComparer.Ordinal);
        return memory;
    }
}
