namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>What a client of the sample's node got.</summary>
/// <param name="Trajectory">The trajectory's id.</param>
/// <param name="Experts">The experts that were asked.</param>
/// <param name="Dollars">The cost that the answer reported.</param>
/// <param name="Score">Whether it is right.</param>
internal sealed record SampleAnswer(string Trajectory, IReadOnlyList<string> Experts, decimal Dollars, double Score);
