using System.Diagnostics.Metrics;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Tests.Experts;

public sealed class ExpertInstrumentsTests
{
    [Fact]
    public void Experts_of_one_name_show_as_one_until_they_are_gone()
    {
        var first = ExpertInstruments.Watch("watched", () => 2, () => 1);
        var second = ExpertInstruments.Watch("watched", () => 3, () => 4);

        Read("watched").ShouldBe(new Dictionary<string, int> { ["orchestra.expert.queue_depth"] = 5, ["orchestra.expert.running"] = 5 });
        first.Dispose();
        Read("watched").ShouldBe(new Dictionary<string, int> { ["orchestra.expert.queue_depth"] = 3, ["orchestra.expert.running"] = 4 });
        second.Dispose();
        Read("watched").ShouldBeEmpty();
    }

    /// <summary>What the meter says of an expert now.</summary>
    internal static Dictionary<string, int> Read(string expert)
    {
        var found = new Dictionary<string, int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, of) =>
        {
            if (instrument.Meter.Name == "Orchestra.Experts")
                of.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
        {
            if (tags[0] is { Key: "expert", Value: string name } && name == expert)
                found.Add(instrument.Name, value);
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}
