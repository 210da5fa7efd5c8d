using System.Diagnostics;
using System.Globalization;
using System.Text;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Benchmarks.Learning;

/// <summary>What a learned conductor's decision costs on one core: the vector of a query, its neighbours among past ones, and all that happens before any answer is seen.</summary>
internal static class FeatureBenchmark
{
    private const int Operations = 16;
    private const int Samples = 2_001;
    private const int PromptCharacters = 300;
    private const int Vocabulary = 4_000;
    private const int ExpertCount = 7;

    private static readonly string[] Experts = [.. Enumerable.Range(0, ExpertCount).Select(expert => string.Create(CultureInfo.InvariantCulture, $"expert-{expert}"))];

    public static IReadOnlyList<FeatureFigure> Run()
    {
        var random = new Random(1);
        var words = Enumerable.Range(0, Vocabulary).Select(_ => Word(random)).ToArray();
        var embedder = new HashedEmbedder();
        var vector = new float[embedder.Dimensions];
        var figures = new List<FeatureFigure>();
        foreach (var characters in (int[])[800, 8_000])
        {
            var text = Text(random, words, characters);
            figures.Add(Measure($"embed {characters:N0} characters", () => embedder.Embed(text, vector)));
        }

        foreach (var rows in (int[])[1_024, 8_192])
        {
            var memory = new OutcomeMemory(embedder.Dimensions);
            for (var row = 0; row < rows; row++)
            {
                embedder.Embed(Text(random, words, PromptCharacters), vector);
                memory.Add(vector, Experts.Select(expert => KeyValuePair.Create(expert, (double)random.Next(2))));
            }

            var result = new NeighbourScore[ExpertCount];
            figures.Add(Measure($"look up {ExpertCount} experts, {rows:N0} rows", () => memory.Lookup(vector, Experts, result)));
        }

        using var policy = new LearnedReplayPolicy(PolicyTrainer.Train(Table(random, words, PromptCharacters, rows: 400), new TrainingOptions { Epochs = 0 }, progress: null, CancellationToken.None));
        foreach (var characters in (int[])[800, 8_000])
        {
            // Two queries in turn, since a policy keeps what it knows of the one that it has read.
            var table = Table(random, words, characters, rows: 2);
            ReplayEpisode[] episodes = [.. table.Rows.Select(row => new ReplayEpisode(table, row))];
            var next = 0;
            figures.Add(Measure($"decide among {ExpertCount} experts, {characters:N0} characters", () => policy.Decide(episodes[next = 1 - next], lambda: 0.1)));
        }

        return figures;
    }

    private static ReplayTable Table(Random random, string[] words, int characters, int rows) => ReplayTable.Create(
        [.. Enumerable.Range(0, rows).Select(row => new OutcomeRow($"{row}", string.Empty, Text(random, words, characters), Experts.ToDictionary(
            expert => expert, expert => new Outcome(random.Next(2)) { InputTokens = 100, OutputTokens = 100, CostUsd = 0.0001m * (1 + Array.IndexOf(Experts, expert)) })))]);

    private static FeatureFigure Measure(string name, Action operation)
    {
        // The compiler has done its best after some thousand calls.
        for (var i = 0; i < Samples * Operations; i++)
            operation();
        var times = new double[Samples];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var sample = 0; sample < Samples; sample++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Operations; i++)
                operation();
            times[sample] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Operations;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.Sort(times);
        return new FeatureFigure(name, times[Samples / 2], allocated / ((double)Samples * Operations));
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 10)).Select(_ => (char)('a' + random.Next(26))));

    /// <summary>Words of which few are frequent, as in real texts.</summary>
    private static string Text(Random random, string[] words, int characters)
    {
        var text = new StringBuilder();
        while (text.Length < characters)
            text.Append(words[(int)(Vocabulary * Math.Pow(random.NextDouble(), 3))]).Append(' ');
        return text.ToString(0, characters);
    }
}
