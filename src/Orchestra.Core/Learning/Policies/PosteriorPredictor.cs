using System.Numerics.Tensors;

namespace Orchestra.Core.Learning.Policies;

/// <summary>
/// The second stage of predicting outcomes: from the priors of all experts and the answers so far, the chance of every expert, asked or not. Adds to the prior the mean of a logistic model and
/// of boosted trees, which err in different ways.
/// </summary>
/// <param name="Parameters">The logistic model's weights of <see cref="PosteriorNumbers"/>, as many as <see cref="Length"/>.</param>
/// <param name="Trees">The trees.</param>
internal sealed record PosteriorPredictor(float[] Parameters, BoostedTrees Trees)
{
    /// <summary>How many weights the logistic model has.</summary>
    public static readonly int Length = PosteriorNumbers.Count;

    /// <summary>A predictor that leaves every prior as it is.</summary>
    public static PosteriorPredictor Blank() => new(new float[Length], BoostedTrees.None);

    /// <summary>Writes the chance of every expert that is present.</summary>
    /// <param name="experts">The experts with their priors and answers; their chances are written.</param>
    /// <param name="numbers">Room for <see cref="PosteriorNumbers.Count"/> numbers.</param>
    public void Predict(IReadOnlyList<SeenExpert> experts, Span<float> numbers)
    {
        var isAnswered = PosteriorNumbers.IsAnyAnswered(experts);
        for (var i = 0; i < experts.Count; i++)
        {
            if (!experts[i].IsPresent)
                continue;
            var logOdds = experts[i].Prior;
            if (isAnswered)
            {
                PosteriorNumbers.Write(experts, i, numbers);
                var weighed = TensorPrimitives.Dot<float>(Parameters, numbers);
                logOdds += Trees.Count == 0 ? weighed : (weighed + Trees.Sum(numbers)) / 2;
            }

            experts[i].Chance = OutcomeWeights.Sigmoid(logOdds);
        }
    }
}
