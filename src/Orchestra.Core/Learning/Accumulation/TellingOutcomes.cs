using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Learning.Accumulation;

/// <summary>Chooses the outcomes from which a host learns by itself.</summary>
/// <param name="tenants">The tenants whose word counts; null for all of them.</param>
public sealed class TellingOutcomes(IReadOnlyCollection<string>? tenants)
{
    private readonly HashSet<string>? _tenants = tenants is { Count: > 0 } ? [.. tenants] : null;

    /// <summary>
    /// The row that a trajectory makes; null where it makes none, where its tenant's word does not count, or where it rests on rejections alone. Verifiers score what they reject and
    /// nothing that they accept: whoever learned from such rows would find every expert worse the more it is asked.
    /// </summary>
    public OutcomeRow? Of(Trajectory trajectory)
    {
        if (_tenants?.Contains(trajectory.TenantId) is false)
            return null;
        var isTold = trajectory.Feedback.Any(feedback => feedback.Score is not null || !string.IsNullOrWhiteSpace(feedback.CorrectAnswer));
        return isTold ? OutcomeDerivation.Derive(trajectory, out _) : null;
    }
}
