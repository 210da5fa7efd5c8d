namespace Orchestra.Core.Learning.Features;

/// <summary>A word by its hash.</summary>
/// <param name="Hash">The hash in lower case, the same in every process.</param>
/// <param name="Length">Its characters.</param>
internal readonly record struct HashedWord(uint Hash, int Length);
