namespace Orchestra.Core.Conducting;

/// <summary>What a policy that decides without effect would have done first.</summary>
/// <param name="Policy">The policy's id.</param>
/// <param name="Moves">Its moves, such as <c>delegate:NAME</c> or <c>refuse:CODE</c>, separated by commas; <c>failed</c> where it could not decide.</param>
/// <param name="Agrees">Whether they are the moves that were made.</param>
public sealed record ShadowDecision(string Policy, string Moves, bool Agrees);
