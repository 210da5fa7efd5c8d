namespace Orchestra.Core.Tenants;

/// <summary>What is kept of a key's text: its hash, and after a rotation the hash of the text before it for a while.</summary>
/// <param name="Hash">SHA-256 of the whole text, 32 bytes.</param>
/// <param name="PreviousHash">The hash of the text before the last rotation; null where there is none.</param>
/// <param name="PreviousUntil">Until when the text before the last rotation is good; null where there is none.</param>
public sealed record KeySecret(byte[] Hash, byte[]? PreviousHash = null, DateTimeOffset? PreviousUntil = null);
