using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>Real policies, trained on what the test says of two experts.</summary>
internal static class TrainedPolicies
{
    public const string Cheap = "cheap";
    public const string Dear = "dear";

    /// <summary>A policy that has seen these outcomes.</summary>
    public static byte[] Train(IEnumerable<OutcomeRow> rows) =>
        PolicyTrainer.Train(ReplayTable.Create([.. rows]), new TrainingOptions { Epochs = 0 }, null, CancellationToken.None).ToBytes();

    /// <summary>A policy that has seen one of the two always right and the other always wrong.</summary>
    public static byte[] For(string expert) => Train(Enumerable.Range(0, 40).Select(i => new OutcomeRow($"row-{i}", "toy", $"question number {i} of the toy", new Dictionary<string, Outcome>
    {
        [Cheap] = Scored(expert == Cheap, 0.0001m, i),
        [Dear] = Scored(expert == Dear, 0.01m, i),
    })));

    private static Outcome Scored(bool isRight, decimal cost, int number) => new(isRight ? 1 : 0) { CostUsd = cost, InputTokens = 10, OutputTokens = 10 + number };
}
