using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Tests.Learning.Neighbours;

public sealed class OutcomeMemoryForgettingTests
{
    private static readonly float[] Here = [1, 0, 0, 0];
    private static readonly float[] There = [0, 1, 0, 0];

    [Fact]
    public void A_row_that_is_forgotten_counts_for_nobody()
    {
        var memory = new OutcomeMemory(4);
        var row = memory.Add(Here, Scores(1));
        memory.Add(There, Scores(0));

        memory.Forget(row);

        Nearby(memory, Here).ShouldBe(default);
        Nearby(memory, There).Weight.ShouldBe(1, 1e-3f);
        memory.Total("small").ShouldBe(new ExpertTotal(0, 1));
        memory.Forget(row);
        memory.Forget(99);
        memory.Total("small").Count.ShouldBe(1);
    }

    [Fact]
    public void Rows_that_were_forgotten_leave_in_their_turn()
    {
        var memory = new OutcomeMemory(4, capacity: 256);
        var first = memory.Add(Here, Scores(1));
        memory.Forget(first);
        for (var i = 0; i < 256; i++)
            memory.Add(There, Scores(0));

        memory.FirstRow.ShouldBe(256);
        memory.Total("small").ShouldBe(new ExpertTotal(0, 1));
        memory.Forget(first);
        memory.Total("small").Count.ShouldBe(1);
    }

    [Fact]
    public void A_copy_goes_its_own_way_and_may_leave_rows_out()
    {
        var memory = new OutcomeMemory(4);
        memory.Add(Here, Scores(1));
        memory.Add(There, Scores(0));
        var copy = memory.Copy();
        var without = memory.Copy(hash => hash == memory.RowHash(Here));
        copy.Add(Here, Scores(1));

        (memory.Count, copy.Count, without.Count).ShouldBe((2, 3, 1));
        without.Total("small").ShouldBe(new ExpertTotal(0, 1));
        Bytes(memory.Copy()).ShouldBe(Bytes(memory));
    }

    [Fact]
    public async Task Readers_see_a_row_or_none_while_others_are_added_and_forgotten()
    {
        var memory = new OutcomeMemory(4, capacity: 512);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var seen = 0;
            while (!stop.IsCancellationRequested)
            {
                var found = Nearby(memory, Here);
                (found.Weight == 0 ? 1 : found.MeanScore).ShouldBe(1, 1e-3f);
                seen++;
            }

            return seen;
        })).ToList();
        for (var i = 0; i < 20_000; i++)
        {
            var row = memory.Add(Here, Scores(1));
            if (i % 2 == 0)
                memory.Forget(row);
        }

        await stop.CancelAsync();
        (await Task.WhenAll(readers)).Sum().ShouldBeGreaterThan(0);
        memory.Total("small").Count.ShouldBe(memory.Count / 2);
    }

    private static IEnumerable<KeyValuePair<string, double>> Scores(double score) => [KeyValuePair.Create("small", score)];

    private static NeighbourScore Nearby(OutcomeMemory memory, float[] vector)
    {
        var result = new NeighbourScore[1];
        memory.Lookup(vector, ["small"], result, neighbours: 4);
        return result[0];
    }

    private static byte[] Bytes(OutcomeMemory memory)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
            memory.Write(writer);
        return stream.ToArray();
    }
}
