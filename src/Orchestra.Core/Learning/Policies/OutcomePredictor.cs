using System.Numerics.Tensors;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>Predicts whether experts' answers are right: a logistic model that is bilinear in the query's terms and the expert's coordinates, so that it knows experts by what they are.</summary>
/// <param name="Parameters">The terms' weights, <see cref="OutcomeWeights.Width"/> for each of <see cref="QueryFeatures.Buckets"/>, then those of <see cref="CaseNumbers"/>.</param>
internal sealed record OutcomePredictor(float[] Parameters)
{
    /// <summary>How many parameters there are.</summary>
    public static readonly int Length = (QueryFeatures.Buckets * OutcomeWeights.Width) + CaseNumbers.Count;

    /// <summary>Writes the chance of every expert that is present.</summary>
    /// <param name="projection">The query's terms, from <see cref="OutcomeWeights.Project"/>.</param>
    /// <param name="structure">The query's structure.</param>
    /// <param name="experts">The experts; their chances are written.</param>
    /// <param name="numbers">Room for <see cref="CaseNumbers.Count"/> numbers.</param>
    public void Predict(ReadOnlySpan<float> projection, ReadOnlySpan<float> structure, IReadOnlyList<SeenExpert> experts, Span<float> numbers)
    {
        var weights = Parameters.AsSpan(QueryFeatures.Buckets * OutcomeWeights.Width);
        for (var i = 0; i < experts.Count; i++)
        {
            if (!experts[i].IsPresent)
                continue;
            CaseNumbers.Write(structure, experts, i, numbers);
            experts[i].Chance = OutcomeWeights.Sigmoid(TensorPrimitives.Dot(projection, experts[i].Coordinates) + TensorPrimitives.Dot<float>(weights, numbers));
        }
    }
}
