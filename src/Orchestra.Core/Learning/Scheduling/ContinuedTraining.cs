using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Replay;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Learning.Scheduling;

/// <summary>Trains a policy from a host's outcomes that goes on from the present one: near its decisions, and with what it remembers; and holds it against the present one.</summary>
/// <param name="present">The present policy; null where there is none.</param>
/// <param name="epochs">Passes of GRPO.</param>
internal sealed class ContinuedTraining(Policy? present, int epochs)
{
    /// <summary>Trains on the calling thread. Where it is stopped before there is a policy, <see cref="OperationCanceledException"/> is thrown.</summary>
    /// <param name="train">Rows to learn from.</param>
    /// <param name="held">Rows that neither policy has seen.</param>
    /// <param name="now">The time, which names the policy.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The policy, and how it compares; null where there is none to compare with.</returns>
    public (Policy Policy, PolicyComparison? Comparison) Run(ReplayTable train, ReplayTable held, DateTimeOffset now, CancellationToken ct)
    {
        var options = new TrainingOptions { Epochs = epochs, Previous = present, Data = [new DataFingerprint("trajectories", train.Rows.Count, Fingerprint(train))] };
        var trained = TrainingCores.OnThisThread(() => PolicyTrainer.Train(train, options, progress: null, ct));
        var weights = trained.Weights;
        PolicyComparison? comparison = null;
        if (present is not null)
        {
            // Both know what became known until now: the present one, too, goes on learning while it serves.
            var memory = Remembered(present.Weights.Memory, weights.Memory);
            weights = weights with { Memory = memory };
            comparison = PolicyComparison.Of(weights, present.Weights with { Memory = memory }, held);
        }

        var card = trained.Card with { Name = Name(now), TrainedAt = now, Training = Figures(trained.Card.Training, comparison) };
        return (Policy.Create(weights, card), comparison);
    }

    private static string Name(DateTimeOffset now) => now.ToString("'scheduled-'yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture);

    private static OutcomeMemory Remembered(OutcomeMemory before, OutcomeMemory since)
    {
        var known = since.RowHashes();
        var memory = before.Copy(known.Contains);
        memory.Add(since);
        return memory;
    }

    private static SortedDictionary<string, double> Figures(IReadOnlyDictionary<string, double> trained, PolicyComparison? comparison)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in trained)
            figures[name] = value;
        if (comparison is null)
            return figures;
        figures["compared_rows"] = comparison.Rows;
        figures["compared_log_likelihood"] = Math.Round(comparison.Gain, 6);
        figures["compared_log_likelihood_error"] = Math.Round(comparison.Error, 6);
        figures["compared_reward"] = Math.Round(comparison.Reward, 6);
        return figures;
    }

    /// <summary>The hash of the trajectories' ids.</summary>
    private static string Fingerprint(ReplayTable table) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', table.Rows.Select(row => row.Id)))));
}
