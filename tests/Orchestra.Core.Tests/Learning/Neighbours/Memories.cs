using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Tests.Learning.Neighbours;

/// <summary>Memories of made-up rows.</summary>
internal static class Memories
{
    public static readonly string[] Experts = ["small", "large", "rare"];

    /// <summary>A vector of random direction, near one of eight others so that some are similar.</summary>
    public static float[] Vector(Random random, int dimensions)
    {
        var centre = new Random(random.Next(8));
        var vector = new float[dimensions];
        foreach (ref var number in vector.AsSpan())
            number = (float)(centre.NextDouble() - 0.5 + (0.7 * (random.NextDouble() - 0.5)));
        return vector;
    }

    /// <summary>Scores of all experts but the last, which only every fifth row has.</summary>
    public static Dictionary<string, double> Scores(Random random)
    {
        var scores = new Dictionary<string, double>(StringComparer.Ordinal) { ["small"] = random.Next(2), ["large"] = random.NextDouble() };
        if (random.Next(5) == 0)
            scores["rare"] = random.Next(2);
        return scores;
    }

    public static OutcomeMemory Random(int seed, int rows, int dimensions = 30, int capacity = OutcomeMemory.DefaultCapacity)
    {
        var random = new Random(seed);
        var memory = new OutcomeMemory(dimensions, capacity);
        for (var row = 0; row < rows; row++)
            memory.Add(Vector(random, dimensions), Scores(random));
        return memory;
    }

    public static NeighbourScore[] Lookup(this OutcomeMemory memory, float[] query, IReadOnlyList<string> experts, int neighbours = OutcomeMemory.DefaultNeighbours, long excludeRow = -1)
    {
        var result = new NeighbourScore[experts.Count];
        memory.Lookup(query, experts, result, neighbours, excludeRow);
        return result;
    }

    public static byte[] Bytes(OutcomeMemory memory)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        memory.Write(writer);
        return stream.ToArray();
    }

    public static OutcomeMemory Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        return OutcomeMemory.Read(reader);
    }
}
