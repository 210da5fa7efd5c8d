using Orchestra.Core.Chat;
using Orchestra.Core.Tenants;

namespace Orchestra.Core.Conversations;

/// <summary>One request to be served.</summary>
/// <param name="Caller">Who asks and pays.</param>
/// <param name="Request">What is asked.</param>
public sealed record Query(Caller Caller, ChatRequest Request);
