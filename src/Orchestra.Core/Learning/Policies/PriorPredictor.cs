using System.Numerics.Tensors;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>
/// The first stage of predicting outcomes, before any answer is seen: a logistic model that is bilinear in the query's terms and the expert's coordinates, so that it knows experts by what
/// they are.
/// </summary>
/// <param name="Parameters">The terms' weights, <see cref="OutcomeWeights.Width"/> for each of <see cref="QueryFeatures.Buckets"/>, then those of <see cref="PriorNumbers"/>.</param>
internal sealed record PriorPredictor(float[] Parameters)
{
    /// <summary>How many parameters there are.</summary>
    public static readonly int Length = (QueryFeatures.Buckets * OutcomeWeights.Width) + PriorNumbers.Count;

    /// <summary>A predictor that knows nothing.</summary>
    public static PriorPredictor Blank() => new(new float[Length]);

    /// <summary>Writes the prior of every expert: the log-odds that its answer is right, from the query and the expert alone.</summary>
    /// <param name="query">The query, read.</param>
    /// <param name="experts">The experts with their coordinates and what is known of similar queries; their priors are written.</param>
    /// <param name="numbers">Room for <see cref="PriorNumbers.Count"/> numbers.</param>
    public void Predict(QueryFeatures query, IReadOnlyList<SeenExpert> experts, Span<float> numbers)
    {
        Span<float> projection = stackalloc float[OutcomeWeights.Width];
        OutcomeWeights.Project(Parameters, query.Terms, query.TermValue, projection);
        var weights = Parameters.AsSpan(QueryFeatures.Buckets * OutcomeWeights.Width);
        for (var i = 0; i < experts.Count; i++)
        {
            PriorNumbers.Write(query.Structure, experts, i, numbers);
            experts[i].Prior = TensorPrimitives.Dot<float>(projection, experts[i].Coordinates) + TensorPrimitives.Dot<float>(weights, numbers);
        }
    }
}
