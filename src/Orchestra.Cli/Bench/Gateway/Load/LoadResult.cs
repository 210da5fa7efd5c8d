namespace Orchestra.Cli.Bench.Gateway.Load;

/// <summary>What one measurement found; the latency of a stream is the time to its first event.</summary>
/// <param name="Requests">Answers with status 200.</param>
/// <param name="Failures">Everything else.</param>
/// <param name="FirstFailure">The first failure in words; null where there was none.</param>
/// <param name="PerSecond">Answers per second.</param>
/// <param name="P50Milliseconds">The median latency.</param>
/// <param name="P99Milliseconds">The latency that one in a hundred exceeds.</param>
internal sealed record LoadResult(long Requests, long Failures, string? FirstFailure, double PerSecond, double P50Milliseconds, double P99Milliseconds);
