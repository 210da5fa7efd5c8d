using Orchestra.Core.Learning.Policies;

namespace Orchestra.Core.Learning.Rollout;

/// <summary>A policy in the store, without its bytes.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Card">What it says of itself.</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="AddedAt">When it came, in milliseconds.</param>
public sealed record StoredPolicy(string Id, ModelCard Card, long Bytes, DateTimeOffset AddedAt)
{
    /// <summary>Bytes of a policy file at most: 64 MiB.</summary>
    public const int MaxBytes = PolicyFile.MaxBytes;
}
