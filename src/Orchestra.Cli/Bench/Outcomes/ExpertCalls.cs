namespace Orchestra.Cli.Bench.Outcomes;

/// <summary>How often an expert was called.</summary>
/// <param name="Expert">The expert's name.</param>
/// <param name="Calls">Number of calls.</param>
/// <param name="Share">Its part of all calls, 0 to 1.</param>
public sealed record ExpertCalls(string Expert, int Calls, double Share);
