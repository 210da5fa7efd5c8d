using Orchestra.Core.Learning.Neighbours;

namespace Orchestra.Core.Tests.Learning.Neighbours;

public sealed class OutcomeMemoryTests
{
    private static readonly float[] East = [1, 0, 0, 0, 0];
    private static readonly float[] North = [0, 1, 0, 0, 0];
    private static readonly float[] NorthEast = [1, 1, 0, 0, 0];

    [Fact]
    public void Similar_rows_count_more()
    {
        var memory = new OutcomeMemory(5);
        memory.Add(East, Scores("a", 1));
        memory.Add(NorthEast, Scores("a", 0));
        memory.Add(North, Scores("a", 0));
        var score = memory.Lookup(East, ["a"])[0];
        // The weights are the third powers of the cosines 1 and 1/√2; the row at a right angle does not count.
        var near = Math.Pow(0.5, 1.5);
        score.Weight.ShouldBe((float)(1 + near), 1e-4f);
        score.MeanScore.ShouldBe((float)(1 / (1 + near)), 1e-4f);
    }

    [Fact]
    public void Only_the_nearest_rows_count()
    {
        var memory = new OutcomeMemory(5);
        for (var i = 0; i < 5; i++)
            memory.Add(NorthEast, Scores("a", 0));
        memory.Add(East, Scores("a", 0.5));
        memory.Lookup(East, ["a"], neighbours: 1)[0].ShouldBe(new NeighbourScore(0.5f, 1));
    }

    [Fact]
    public void An_expert_is_known_by_the_rows_that_it_answered()
    {
        var memory = new OutcomeMemory(5);
        memory.Add(East, Scores("a", 1));
        memory.Add(East, [.. Scores("a", 1), .. Scores("b", 0.25)]);
        var found = memory.Lookup(East, ["a", "b", "unknown"]);
        found[0].ShouldBe(new NeighbourScore(1, 2));
        found[1].MeanScore.ShouldBe(0.25f, 1e-4f);
        found[1].Weight.ShouldBe(1);
        found[2].ShouldBe(default);
    }

    [Fact]
    public void A_query_without_direction_has_no_neighbours()
    {
        var memory = new OutcomeMemory(5);
        memory.Add(East, Scores("a", 1));
        memory.Add(new float[5], Scores("a", 1));
        memory.Lookup(new float[5], ["a"])[0].ShouldBe(default);
        memory.Lookup(East, ["a"])[0].Weight.ShouldBe(1);
    }

    [Fact]
    public void Neither_names_nor_order_of_experts_matter()
    {
        var (first, second) = (new OutcomeMemory(30), new OutcomeMemory(30));
        var (random, again) = (new Random(1), new Random(1));
        for (var row = 0; row < 500; row++)
        {
            first.Add(Memories.Vector(random, 30), Memories.Scores(random));
            second.Add(Memories.Vector(again, 30), Memories.Scores(again).Reverse().Select(score => KeyValuePair.Create($"x-{score.Key}", score.Value)));
        }

        var query = Memories.Vector(random, 30);
        second.Lookup(query, ["x-rare", "x-small", "x-large"]).ShouldBe(first.Lookup(query, ["rare", "small", "large"]));
        first.Lookup(query, ["large"])[0].ShouldBe(first.Lookup(query, Memories.Experts)[1]);
    }

    [Fact]
    public void An_excluded_row_does_not_count()
    {
        var memory = new OutcomeMemory(5);
        memory.Add(East, Scores("a", 0));
        var row = memory.Add(East, Scores("a", 1));
        memory.Lookup(East, ["a"], excludeRow: row)[0].ShouldBe(new NeighbourScore(0, 1));
        memory.Lookup(East, ["a"], excludeRow: 17)[0].Weight.ShouldBe(2);
    }

    [Fact]
    public void The_oldest_rows_make_room()
    {
        var memory = new OutcomeMemory(5, capacity: 300);
        memory.Capacity.ShouldBe(512);
        for (var row = 0; row < 512; row++)
            memory.Add(East, Scores(row < 256 ? "old" : "new", 1));
        memory.Count.ShouldBe(512);
        memory.Add(East, Scores("new", 0)).ShouldBe(512);
        memory.Count.ShouldBe(257);
        memory.FirstRow.ShouldBe(256);
        memory.Total("old").ShouldBe(default);
        memory.Total("new").ShouldBe(new ExpertTotal(256, 257));
        memory.Lookup(East, ["old"])[0].ShouldBe(default);
        memory.Lookup(East, ["new"], neighbours: 256, excludeRow: 512)[0].ShouldBe(new NeighbourScore(1, 256));
    }

    [Fact]
    public void Totals_are_those_of_all_rows()
    {
        var memory = new OutcomeMemory(5);
        memory.Add(East, Scores("a", 1));
        memory.Add(North, Scores("a", 0));
        memory.Add(North, Scores("a", 0.5));
        memory.Total("a").ShouldBe(new ExpertTotal(1.5, 3));
        memory.Total("a").Mean.ShouldBe(0.5);
        memory.Total("b").Mean.ShouldBe(0);
    }

    [Fact]
    public void The_number_of_experts_is_bounded()
    {
        var memory = new OutcomeMemory(5);
        for (var expert = 0; expert < 300; expert++)
            memory.Add(East, Scores($"e{expert}", 1));
        memory.Experts.Count.ShouldBe(OutcomeMemory.MaxExperts);
        memory.Total("e299").ShouldBe(default);
    }

    [Fact]
    public void A_lookup_allocates_nothing()
    {
        var memory = Memories.Random(seed: 1, rows: 1_000);
        var query = Memories.Vector(new Random(2), 30);
        var result = new NeighbourScore[3];
        memory.Lookup(query, Memories.Experts, result);
        var before = GC.GetAllocatedBytesForCurrentThread();
        memory.Lookup(query, Memories.Experts, result);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void What_is_out_of_bounds_is_refused()
    {
        var memory = new OutcomeMemory(5);
        Should.Throw<ArgumentException>(() => memory.Add(new float[4], Scores("a", 1)));
        Should.Throw<ArgumentException>(() => memory.Add([1, float.NaN, 0, 0, 0], Scores("a", 1)));
        Should.Throw<ArgumentException>(() => memory.Add([1, float.NegativeInfinity, 0, 0, 0], Scores("a", 1)));
        Should.Throw<ArgumentException>(() => memory.Add(East, Scores("a", 1.01)));
        Should.Throw<ArgumentException>(() => memory.Add(East, Scores("a", double.NaN)));
        Should.Throw<ArgumentException>(() => memory.Add(East, [.. Scores("a", 1), .. Scores("a", 0)]));
        Should.Throw<ArgumentException>(() => memory.Add(East, Scores(new string('a', 257), 1)));
        Should.Throw<ArgumentException>(() => memory.Add(East, Scores("\ud800", 1)));
        memory.Count.ShouldBe(0);
        Should.Throw<ArgumentException>(() => memory.Lookup(new float[6], ["a"]));
        Should.Throw<ArgumentException>(() => memory.Lookup(East, ["a"], new NeighbourScore[2]));
        Should.Throw<ArgumentOutOfRangeException>(() => memory.Lookup(East, ["a"], neighbours: 0));
        Should.Throw<ArgumentOutOfRangeException>(() => memory.Lookup(East, ["a"], neighbours: 257));
        Should.Throw<ArgumentOutOfRangeException>(() => new OutcomeMemory(0));
        Should.Throw<ArgumentOutOfRangeException>(() => new OutcomeMemory(4, 65_537));
    }

    [Fact]
    public async Task Readers_see_whole_rows_while_one_writes()
    {
        // Every row of a direction has the same score, so a torn row or a wrong place would show in the mean.
        var memory = new OutcomeMemory(5, capacity: 512);
        memory.Add(East, Scores("a", 1));
        memory.Add(North, Scores("a", 0));
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var lookups = 0;
            do
            {
                memory.Lookup(East, ["a"])[0].MeanScore.ShouldBe(1);
                memory.Lookup(North, ["a"])[0].MeanScore.ShouldBe(0);
                lookups++;
            }
            while (!done.IsCancellationRequested);
            return lookups;
        })).ToArray();
        for (var row = 0; row < 20_000; row++)
            memory.Add(row % 2 == 0 ? East : North, Scores("a", 1 - (row % 2)));
        await done.CancelAsync();
        (await Task.WhenAll(readers)).ShouldAllBe(lookups => lookups > 0);
    }

    private static KeyValuePair<string, double>[] Scores(string expert, double score) => [KeyValuePair.Create(expert, score)];
}
