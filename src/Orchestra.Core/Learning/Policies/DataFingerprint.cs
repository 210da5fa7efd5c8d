namespace Orchestra.Core.Learning.Policies;

/// <summary>Which data a policy was trained on.</summary>
/// <param name="Name">The file's name without its folder.</param>
/// <param name="Rows">Rows that were used.</param>
/// <param name="Sha256">The hash of the file's bytes, in hexadecimal.</param>
public sealed record DataFingerprint(string Name, int Rows, string Sha256);
