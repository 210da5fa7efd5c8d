using Orchestra.Core.Learning.Embeddings;
using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Learning.Policies;

/// <summary>All that a policy learned.</summary>
/// <param name="Prior">Predicts outcomes before any answer is seen.</param>
/// <param name="Posterior">Predicts outcomes from what was seen.</param>
/// <param name="Scorer">Scores moves.</param>
/// <param name="Memory">Outcomes of past queries.</param>
/// <param name="Outputs">Completion tokens of an ordinary answer, by expert; the empty name stands for any other.</param>
internal sealed record PolicyWeights(PriorPredictor Prior, PosteriorPredictor Posterior, MoveScorer Scorer, OutcomeMemory Memory, IReadOnlyDictionary<string, double> Outputs)
{
    private const double UnknownOutput = 300;

    /// <summary>The id of the embedder whose vectors the memory holds.</summary>
    public string Embedder { get; init; } = HashedEmbedder.IdOf(Memory.Dimensions);

    /// <summary>Whether a policy makes its vectors itself, wherever it decides.</summary>
    public bool EmbedsItself => Embedder == HashedEmbedder.IdOf(Memory.Dimensions);

    /// <summary>Completion tokens that an expert's answer is likely to have.</summary>
    public double OutputOf(string expert) => Outputs.TryGetValue(expert, out var tokens) || Outputs.TryGetValue(string.Empty, out tokens) ? tokens : UnknownOutput;
}
