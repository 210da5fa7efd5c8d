using System.Numerics.Tensors;
using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Learning.Policies;

/// <summary>
/// The first stage of predicting outcomes, before any answer is seen: a logistic model of what is known of any expert and of the query's difficulty, to which the strengths of those experts are added
/// that were learned about.
/// </summary>
/// <param name="Scale">Brings the query's structure onto one scale.</param>
/// <param name="Difficulty">How hard the query is.</param>
/// <param name="Weights">The weights of <see cref="PriorNumbers"/>.</param>
/// <param name="Strengths">What single experts are good at.</param>
internal sealed record PriorPredictor(StructureScale Scale, QueryDifficulty Difficulty, float[] Weights, ExpertStrengths Strengths)
{
    /// <summary>A predictor that knows nothing.</summary>
    public static PriorPredictor Blank() => new(StructureScale.Blank(), QueryDifficulty.Blank(), new float[PriorNumbers.Count], new ExpertStrengths([]));

    /// <summary>Writes the prior of every expert: the log-odds that its answer is right, from the query and the expert alone.</summary>
    /// <param name="query">The query, read.</param>
    /// <param name="experts">The experts with their coordinates and what is known of similar queries; their priors are written.</param>
    /// <param name="places">Where they stand among <see cref="Strengths"/>.</param>
    public void Predict(QueryFeatures query, IReadOnlyList<SeenExpert> experts, ReadOnlySpan<int> places)
    {
        Span<float> scaled = stackalloc float[StructureScale.Length];
        Span<float> numbers = stackalloc float[PriorNumbers.Count];
        Span<float> own = stackalloc float[ExpertStrengths.MostExperts];
        StructureScale.Copy(query, scaled);
        Scale.Apply(scaled);
        Strengths.Project(query, scaled, own);
        var difficulty = Difficulty.Of(scaled);
        for (var i = 0; i < experts.Count; i++)
        {
            PriorNumbers.Write(difficulty, experts, i, numbers);
            experts[i].Prior = TensorPrimitives.Dot(Weights, numbers) + (places[i] < 0 ? 0 : own[places[i]]);
        }
    }
}
