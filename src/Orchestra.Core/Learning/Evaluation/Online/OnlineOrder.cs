namespace Orchestra.Core.Learning.Evaluation.Online;

/// <summary>What one learner did with the queries in one order.</summary>
/// <param name="Rows">The rows in the order in which they came.</param>
/// <param name="Preferences">How much it preferred the strong expert, by position, before it knew anything of the query's outcome.</param>
/// <param name="Scores">Scores of the answers that it gave, by position, 0 to 1.</param>
/// <param name="CostsUsd">Dollars by position.</param>
/// <param name="CalledStrong">Whether it asked the strong expert, by position.</param>
public sealed record OnlineOrder(int[] Rows, double[] Preferences, double[] Scores, double[] CostsUsd, bool[] CalledStrong);
