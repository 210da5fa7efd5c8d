using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Orchestra.Core.Experts;

/// <summary>How busy experts are, for whoever listens to the meter <c>Orchestra.Experts</c>.</summary>
public static class ExpertInstruments
{
    private static readonly ConcurrentDictionary<Watched, byte> All = new();

    static ExpertInstruments()
    {
        var meter = new Meter("Orchestra.Experts");
        meter.CreateObservableGauge("orchestra.expert.queue_depth", () => Observe(expert => expert.Waiting()), "{call}", "Calls that wait for a place at an expert.");
        meter.CreateObservableGauge("orchestra.expert.running", () => Observe(expert => expert.Running()), "{call}", "Calls that an expert has under way.");
    }

    /// <summary>Shows an expert until the result is disposed; those of one name, such as replicas in one process, count together.</summary>
    /// <param name="expert">The expert's name.</param>
    /// <param name="waiting">How many calls wait now; asked from any thread.</param>
    /// <param name="running">How many calls are under way now; asked from any thread.</param>
    public static IDisposable Watch(string expert, Func<int> waiting, Func<int> running)
    {
        var watched = new Watched(expert, waiting, running);
        All.TryAdd(watched, 0);
        return watched;
    }

    private static IEnumerable<Measurement<int>> Observe(Func<Watched, int> measure) =>
        All.Keys.GroupBy(expert => expert.Name, measure, StringComparer.Ordinal).Select(expert => new Measurement<int>(expert.Sum(), new KeyValuePair<string, object?>("expert", expert.Key)));

    private sealed class Watched(string name, Func<int> waiting, Func<int> running) : IDisposable
    {
        public string Name => name;

        public Func<int> Waiting => waiting;

        public Func<int> Running => running;

        public void Dispose() => All.TryRemove(this, out _);
    }
}
