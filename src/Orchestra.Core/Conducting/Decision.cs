namespace Orchestra.Core.Conducting;

/// <summary>What a conductor decided in one pass of the loop.</summary>
/// <param name="Moves">One move, or several delegations and tool calls that run side by side; never empty.</param>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="Assessment">What the task analyser thought of the query; null where it was not asked.</param>
public sealed record Decision(IReadOnlyList<Move> Moves, string Reason, Assessment? Assessment = null)
{
    /// <summary>With which probabilities it was drawn; null where the conductor draws nothing.</summary>
    public DecisionOdds? Odds { get; init; }

    /// <summary>What a policy in the shadow stage would have done instead; null where none was asked.</summary>
    public ShadowDecision? Shadow { get; init; }

    /// <summary>A decision for a single move.</summary>
    public Decision(Move move, string reason, Assessment? assessment = null)
        : this([move], reason, assessment)
    {
    }
}
