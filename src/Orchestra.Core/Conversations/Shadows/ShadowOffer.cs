using Orchestra.Core.Experts;

namespace Orchestra.Core.Conversations.Shadows;

/// <summary>A comparison that is to be made.</summary>
/// <param name="TrajectoryId">The trajectory of the query.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Query">What is asked; its caller is the tenant that pays for comparisons, and may use no more than the client.</param>
/// <param name="Expert">Who is asked.</param>
/// <param name="Probability">The probability with which it was drawn for this query.</param>
internal sealed record ShadowOffer(string TrajectoryId, DateTimeOffset StartedAt, Query Query, ExpertDescriptor Expert, double Probability);
