namespace Orchestra.Core.Learning.Rollout;

/// <summary>One change of a rollout, as its log keeps it.</summary>
/// <param name="State">The state after it; <see cref="PolicyRollout.Since"/> is its time.</param>
/// <param name="Action">What was done: <c>shadow</c>, <c>canary</c>, <c>promote</c> or <c>rollback</c>.</param>
/// <param name="Who">The fingerprint of the admin key, or <see cref="CanaryTest"/>.</param>
/// <param name="Reason">Why, in one sentence; null where an operator gave none.</param>
public sealed record RolloutChange(PolicyRollout State, string Action, string Who, string? Reason)
{
    /// <summary>Who rolls a canary back that is worse.</summary>
    public const string CanaryTest = "canary-test";
}
