using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>Holds the embedder that a policy was trained with against the host's: vectors of two embedders mean nothing beside each other.</summary>
public static class PolicyEmbedder
{
    /// <summary>Throws <see cref="OrchestraException"/> with code <c>invalid_policy</c> where they are not the same.</summary>
    public static void Check(Policy policy, IEmbedder embedder)
    {
        if (policy.Embedder != embedder.Id)
            throw new OrchestraException(
                ErrorCode.InvalidPolicy, 400,
                $"The policy {policy.Id} is refused: it was trained with the embedder '{policy.Embedder}', and this host makes its vectors with '{embedder.Id}'. Set Orchestra:Learning:Embeddings to the embedder of the policy, or train it with this one (orchestra train --embeddings).");
    }
}
