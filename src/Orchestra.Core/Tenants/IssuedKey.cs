namespace Orchestra.Core.Tenants;

/// <summary>A key whose text was made just now.</summary>
/// <param name="Key">The key as it is stored.</param>
/// <param name="Text">Its text, to be shown once: nobody can read it again.</param>
public sealed record IssuedKey(ApiKey Key, string Text);
