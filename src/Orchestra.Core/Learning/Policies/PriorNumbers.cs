using System.Numerics.Tensors;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>The numbers from which an expert's outcome is predicted before any answer, beside the query's terms: the expert, the query's structure, and similar queries.</summary>
internal static class PriorNumbers
{
    private const int StructureFactors = 3;
    private const int Nearby = 4;

    private static readonly int Structure = OutcomeWeights.Width;
    private static readonly int Memory = Structure + (StructureFactors * QueryStructure.Count);

    /// <summary>How many there are.</summary>
    public static readonly int Count = Memory + Nearby;

    /// <summary>Writes the numbers of one expert.</summary>
    public static void Write(ReadOnlySpan<float> structure, IReadOnlyList<SeenExpert> experts, int index, Span<float> numbers)
    {
        var expert = experts[index];
        numbers.Clear();
        expert.Coordinates.CopyTo(numbers);
        for (var factor = 0; factor < StructureFactors; factor++)
            TensorPrimitives.Multiply(structure, expert.Coordinates[factor], numbers.Slice(Structure + (factor * structure.Length), structure.Length));
        numbers[Memory] = expert.Nearby;
        numbers[Memory + 1] = expert.Nearby * expert.NearbyWeight;
        numbers[Memory + 2] = expert.NearbyWeight;
        numbers[Memory + 3] = NearbyOfAll(experts);
    }

    /// <summary>How well all experts did on similar queries: a query that is hard for the others is hard for a new one.</summary>
    private static float NearbyOfAll(IReadOnlyList<SeenExpert> experts)
    {
        float sum = 0, weight = 0;
        for (var i = 0; i < experts.Count; i++)
        {
            sum += experts[i].Nearby * experts[i].NearbyWeight;
            weight += experts[i].NearbyWeight;
        }

        return weight > 0 ? sum / weight : 0;
    }
}
