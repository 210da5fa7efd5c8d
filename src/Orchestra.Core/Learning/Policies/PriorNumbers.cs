namespace Orchestra.Core.Learning.Policies;

/// <summary>The numbers from which any expert's outcome is predicted before any answer: the expert, the query's difficulty, and similar queries.</summary>
internal static class PriorNumbers
{
    private const int Nearby = 4;

    private static readonly int Difficulty = OutcomeWeights.Width;
    private static readonly int Memory = Difficulty + 1;

    /// <summary>How many there are.</summary>
    public static readonly int Count = Memory + Nearby;

    /// <summary>Writes the numbers of one expert.</summary>
    public static void Write(float difficulty, IReadOnlyList<SeenExpert> experts, int index, Span<float> numbers)
    {
        var expert = experts[index];
        expert.Coordinates.CopyTo(numbers);
        numbers[Difficulty] = difficulty * expert.Slope;
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
