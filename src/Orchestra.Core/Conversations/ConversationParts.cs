using Orchestra.Core.Budgets;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conversations.Shadows;
using Orchestra.Core.Experts;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Conversations;

/// <summary>What every conversation of a host works with.</summary>
/// <param name="Catalogue">The experts.</param>
/// <param name="Conductor">Decides for queries that name no expert.</param>
/// <param name="Verifier">Looks at answers when a conductor asks.</param>
/// <param name="Budgets">The tenants' money.</param>
/// <param name="Trajectories">Where trajectories are kept.</param>
/// <param name="Limits">The hard limits.</param>
/// <param name="Ids">Makes identifiers.</param>
/// <param name="Time">The clock.</param>
public sealed record ConversationParts(
    ExpertCatalogue Catalogue,
    IConductor Conductor,
    IVerifier Verifier,
    IBudgets Budgets,
    ITrajectoryStore Trajectories,
    ConversationLimits Limits,
    IdGenerator Ids,
    TimeProvider Time)
{
    /// <summary>Told of every answered query, to have another expert answer it, too; null where none is compared.</summary>
    public ShadowOffers? Shadows { get; init; }
}
