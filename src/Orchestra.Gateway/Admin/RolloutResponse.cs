using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Gateway.Admin;

/// <summary>How the rollout stands, what the queries of its present version came to, and its last changes.</summary>
internal sealed record RolloutResponse(
    string Conductor, long Version, string? Active, string? Candidate, RolloutStage? Stage, double Share, DateTimeOffset? Since, string? Previous, bool CanGoBack,
    ArmResponse ActiveQueries, ArmResponse CanaryQueries, long ShadowDecisions, long ShadowAgreements, IReadOnlyList<RolloutChangeResponse> Log);
