using Orchestra.Grains.Messages;

namespace Orchestra.Cluster.Tests.Messages;

/// <summary>While a version rolls through a cluster, silos of the old and the new one talk to each other.</summary>
public sealed class VersionTests
{
    private const string Pinned = "tests/Orchestra.Cluster.Tests/Messages/wire.txt";

    [Fact]
    public async Task Names_and_numbers_on_the_wire_are_those_that_were_agreed()
    {
        var lines = await File.ReadAllLinesAsync(Repository.File(Pinned));
        var agreed = string.Concat(lines.Where(line => line.Length > 0 && !line.StartsWith('#')).Select(line => line + '\n'));
        Wire.Describe().ShouldBe(agreed, $"What silos of other versions rely on has changed: read the head of {Pinned}.");
    }

    [Fact]
    public void An_older_reader_skips_a_member_that_it_does_not_know()
    {
        var newer = new FaultOfTomorrow { Kind = FaultKind.Expert, Message = "Full.", Expert = "small", Region = "north", Hints = ["a", "b"], Cause = new FaultOfTomorrow { Kind = FaultKind.Quota } };
        var read = Wire.Serializer.Deserialize<Fault>(WireOfTomorrow.SerializeToArray(newer))!;
        (read.Kind, read.Message, read.Expert).ShouldBe((FaultKind.Expert, "Full.", "small"));
    }

    [Fact]
    public void A_newer_reader_takes_its_default_for_a_member_that_an_older_writer_does_not_know()
    {
        var read = WireOfTomorrow.Deserialize<FaultOfTomorrow>(Wire.Serializer.SerializeToArray(new Fault { Kind = FaultKind.Cancelled, Message = "Gone." }))!;
        (read.Kind, read.Message, read.Region).ShouldBe((FaultKind.Cancelled, "Gone.", "south"));
        read.Hints.ShouldBeEmpty();
    }

    private static Orleans.Serialization.Serializer WireOfTomorrow { get; } = Wire.With(typeof(FaultOfTomorrow).Assembly);
}
