using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Gateway.Admin;

/// <summary>Policies, the newest first.</summary>
internal sealed record PolicyListResponse(IReadOnlyList<StoredPolicy> Data);
