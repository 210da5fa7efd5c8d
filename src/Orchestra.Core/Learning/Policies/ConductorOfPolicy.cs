using Orchestra.Core.Conducting;

namespace Orchestra.Core.Learning.Policies;

/// <summary>Makes the conductor that decides with a policy; it serves all queries side by side. Throws where the policy does not fit the host.</summary>
/// <param name="policy">The policy.</param>
public delegate IConductor ConductorOfPolicy(Policy policy);
