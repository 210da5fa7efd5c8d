namespace Orchestra.Core.Experts.Calculator;

/// <summary>The precision of this pass does not decide a step; the next pass has more, and after the last it is the user's error.</summary>
/// <param name="reason">What could not be decided, and what to change.</param>
internal sealed class PrecisionLostException(string reason) : Exception(reason);
