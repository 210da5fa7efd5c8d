namespace Orchestra.Core.Limits;

/// <summary>How one limit stands; of several levels the one with the smallest part left.</summary>
/// <param name="Limit">So many a minute.</param>
/// <param name="Remaining">So many are left now.</param>
/// <param name="Reset">How long until all of them are there again.</param>
public readonly record struct RateStatus(int Limit, long Remaining, TimeSpan Reset);
