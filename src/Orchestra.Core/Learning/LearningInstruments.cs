using System.Diagnostics.Metrics;

namespace Orchestra.Core.Learning;

/// <summary>What a host learns by itself, for whoever listens to the meter <c>Orchestra.Learning</c>.</summary>
internal static class LearningInstruments
{
    private static readonly Meter Meter = new("Orchestra.Learning");

    private static readonly Counter<long> Outcomes = Meter.CreateCounter<long>("orchestra.learning.outcomes", "{outcome}", "Queries whose outcomes the host's policies learned from as they came.");

    private static readonly Counter<long> Trainings = Meter.CreateCounter<long>("orchestra.learning.trainings", "{training}", "Scheduled trainings, by what came of them.");

    private static readonly Histogram<double> Training = Meter.CreateHistogram<double>("orchestra.learning.training.duration", "s", "How long a scheduled training took.");

    public static void Learned(int outcomes) => Outcomes.Add(outcomes);

    public static void Trained(string result, TimeSpan duration)
    {
        Trainings.Add(1, new KeyValuePair<string, object?>("orchestra.learning.result", result));
        Training.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("orchestra.learning.result", result));
    }
}
