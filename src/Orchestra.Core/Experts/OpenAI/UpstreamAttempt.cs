namespace Orchestra.Core.Experts.OpenAI;

/// <summary>
/// A call behind one of its attempts, as the pipelines pass it on. Not the call itself, because Polly disposes what an attempt returned before it
/// tries again, and the call lives on.
/// </summary>
/// <param name="Call">The call.</param>
internal readonly record struct UpstreamAttempt(UpstreamCall? Call);
