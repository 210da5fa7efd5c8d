namespace Orchestra.Core.Conducting;

/// <summary>What a verifier thinks of an observation.</summary>
/// <param name="Accepted">Whether the answer may go to the client.</param>
/// <param name="Confidence">How sure the verifier is, 0 to 1.</param>
/// <param name="Verifier">The verifier's name.</param>
/// <param name="Reason">Why, in one sentence that the next expert can use.</param>
public sealed record Verdict(bool Accepted, double Confidence, string Verifier, string Reason);
