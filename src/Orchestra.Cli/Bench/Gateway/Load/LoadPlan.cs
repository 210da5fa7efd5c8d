namespace Orchestra.Cli.Bench.Gateway.Load;

/// <summary>One measurement for the load generator.</summary>
/// <param name="Url">The base address, up to and without <c>v1/</c>.</param>
/// <param name="Key">The bearer key.</param>
/// <param name="Model">The model to name.</param>
/// <param name="Stream">Whether to ask for streams.</param>
/// <param name="Connections">How many connections ask at once.</param>
/// <param name="Seconds">For how long; answers under way at the end are waited for.</param>
internal sealed record LoadPlan(Uri Url, string Key, string Model, bool Stream, int Connections, double Seconds);
