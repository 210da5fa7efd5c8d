using System.Text;
using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Learning.Policies;

/// <summary>Writes and reads the sections of a policy file.</summary>
internal static class PolicySections
{
    private const string Prior = "prior";
    private const string Strengths = "strengths";
    private const string Answers = "answers";
    private const string Trees = "trees";
    private const string Moves = "moves";
    private const string Memory = "memory";
    private const string Outputs = "outputs";
    private const int MaxOutputs = 1_024;

    /// <summary>The sections.</summary>
    public static Dictionary<string, byte[]> Write(PolicyWeights weights) => new(StringComparer.Ordinal)
    {
        [Prior] = Section(writer =>
        {
            foreach (var numbers in Dense(weights.Prior))
                WriteAll(writer, numbers);
        }),
        [Strengths] = Section(writer => ExpertStrengthsFormat.Write(weights.Prior.Strengths, writer)),
        [Answers] = Section(writer => WriteAll(writer, weights.Posterior.Parameters)),
        [Trees] = Section(writer => WriteTrees(writer, weights.Posterior.Trees)),
        [Moves] = Section(writer => WriteAll(writer, weights.Scorer.Parameters)),
        [Memory] = Section(weights.Memory.Write),
        [Outputs] = Section(writer =>
        {
            writer.Write(weights.Outputs.Count);
            foreach (var (name, tokens) in weights.Outputs.OrderBy(output => output.Key, StringComparer.Ordinal))
            {
                writer.Write(name);
                writer.Write(tokens);
            }
        }),
    };

    /// <summary>The weights; throws <see cref="InvalidDataException"/> where a section is missing or wrong.</summary>
    public static PolicyWeights Read(IReadOnlyDictionary<string, byte[]> sections)
    {
        using var strengths = Open(sections, Strengths);
        var prior = PriorPredictor.Blank() with { Strengths = ExpertStrengthsFormat.Read(strengths) };
        End(strengths, Strengths);
        using var numbers = Open(sections, Prior);
        foreach (var into in Dense(prior))
            ReadAll(numbers, into);
        End(numbers, Prior);
        var answers = new float[PosteriorPredictor.Length];
        ReadAll(sections, Answers, answers);
        var moves = new float[MoveScorer.Length];
        ReadAll(sections, Moves, moves);
        using var memory = Open(sections, Memory);
        var weights = new PolicyWeights(prior, new PosteriorPredictor(answers, ReadTrees(sections)), new MoveScorer(moves), OutcomeMemory.Read(memory), ReadOutputs(sections));
        End(memory, Memory);
        return weights;
    }

    private static Dictionary<string, double> ReadOutputs(IReadOnlyDictionary<string, byte[]> sections)
    {
        using var reader = Open(sections, Outputs);
        var count = reader.ReadInt32();
        if (count is < 0 or > MaxOutputs)
            throw new InvalidDataException("there are too many experts");
        var outputs = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            outputs[reader.ReadString()] = reader.ReadDouble() is var tokens && tokens is >= 0 and < 1e9 ? tokens : throw new InvalidDataException("a number of tokens is out of range");
        End(reader, Outputs);
        return outputs;
    }

    private static void WriteTrees(BinaryWriter writer, BoostedTrees trees)
    {
        writer.Write(trees.Count);
        foreach (var number in trees.Numbers)
            writer.Write(number);
        WriteAll(writer, trees.Thresholds);
        WriteAll(writer, trees.Leaves);
    }

    private static BoostedTrees ReadTrees(IReadOnlyDictionary<string, byte[]> sections)
    {
        using var reader = Open(sections, Trees);
        var count = reader.ReadInt32();
        if (count is < 0 or > BoostedTrees.MaxTrees)
            throw new InvalidDataException("there are too many trees");
        var trees = new BoostedTrees(new short[count * BoostedTrees.NodesOfTree], new float[count * BoostedTrees.NodesOfTree], new float[count * BoostedTrees.LeavesOfTree]);
        foreach (ref var number in trees.Numbers.AsSpan())
            number = reader.ReadInt16() is var index && index >= 0 && index < PosteriorNumbers.Count ? index : throw new InvalidDataException("a tree looks at a number that there is not");
        foreach (ref var threshold in trees.Thresholds.AsSpan())
            threshold = Finite(reader.ReadSingle());
        foreach (ref var leaf in trees.Leaves.AsSpan())
            leaf = Finite(reader.ReadSingle());
        End(reader, Trees);
        return trees;
    }

    private static void End(BinaryReader reader, string name)
    {
        if (reader.BaseStream.Position != reader.BaseStream.Length)
            throw new InvalidDataException($"its section '{name}' is longer than what it holds");
    }

    private static byte[] Section(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            write(writer);
        return stream.ToArray();
    }

    private static BinaryReader Open(IReadOnlyDictionary<string, byte[]> sections, string name) =>
        sections.TryGetValue(name, out var bytes) ? new BinaryReader(new MemoryStream(bytes), Encoding.UTF8) : throw new InvalidDataException($"its section '{name}' is missing");

    private static void WriteAll(BinaryWriter writer, ReadOnlySpan<float> numbers)
    {
        foreach (var number in numbers)
            writer.Write(number);
    }

    private static void ReadAll(IReadOnlyDictionary<string, byte[]> sections, string name, Span<float> numbers)
    {
        using var reader = Open(sections, name);
        if (reader.BaseStream.Length != numbers.Length * (long)sizeof(float))
            throw new InvalidDataException($"its section '{name}' was made for other features");
        ReadAll(reader, numbers);
    }

    private static void ReadAll(BinaryReader reader, Span<float> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Finite(reader.ReadSingle());
    }

    private static IEnumerable<float[]> Dense(PriorPredictor prior) => [prior.Scale.Means, prior.Scale.Factors, prior.Difficulty.Weights, prior.Weights];

    private static float Finite(float number) => float.IsFinite(number) ? number : throw new InvalidDataException("a weight is not a number");
}
