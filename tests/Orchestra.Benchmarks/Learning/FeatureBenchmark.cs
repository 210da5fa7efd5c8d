using System.Diagnostics;
using System.Globalization;
using System.Text;
using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Benchmarks.Learning;

/// <summary>What a learned conductor's inputs cost on one core: the vector of a query, and its neighbours among past ones.</summary>
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

        return figures;
    }

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
