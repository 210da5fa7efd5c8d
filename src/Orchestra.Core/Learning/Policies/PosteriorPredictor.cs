using System.Numerics.Tensors;

namespace Orchestra.Core.Learning.Policies;

/// <summary>The second stage of predicting outcomes: from the priors of all experts and the answers so far, the chance of every expert, asked or not. A logistic model on top of the prior.</summary>
/// <param name="Parameters">As many as <see cref="Length"/>.</param>
internal sealed record PosteriorPredictor(float[] Parameters)
{
    /// <summary>How many parameters there are.</summary>
    public static readonly int Length = PosteriorNumbers.Count;

    /// <summary>A predictor that leaves every prior as it is.</summary>
    public static PosteriorPredictor Blank() => new(new float[Length]);

    /// <summary>Writes the chance of every expert that is present.</summary>
    /// <param name="experts">The experts with their priors and answers; their chances are written.</param>
    /// <param name="numbers">Room for <see cref="PosteriorNumbers.Count"/> numbers.</param>
    public void Predict(IReadOnlyList<SeenExpert> experts, Span<float> numbers)
    {
        for (var i = 0; i < experts.Count; i++)
        {
            if (!experts[i].IsPresent)
                continue;
            PosteriorNumbers.Write(experts, i, numbers);
            experts[i].Chance = OutcomeWeights.Sigmoid(experts[i].Prior + TensorPrimitives.Dot<float>(Parameters, numbers));
        }
    }
}
