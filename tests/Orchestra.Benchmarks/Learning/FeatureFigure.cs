namespace Orchestra.Benchmarks.Learning;

/// <summary>One measurement.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Microseconds">The median time of one operation.</param>
/// <param name="Bytes">What one operation allocates.</param>
internal sealed record FeatureFigure(string Name, double Microseconds, double Bytes);
