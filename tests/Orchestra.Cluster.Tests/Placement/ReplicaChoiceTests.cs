using FsCheck.Xunit;
using Orchestra.Grains.Experts;

namespace Orchestra.Cluster.Tests.Placement;

public sealed class ReplicaChoiceTests
{
    [Property]
    public void Of_the_two_that_are_drawn_the_busier_one_is_never_chosen(int seed, byte replicas, byte work)
    {
        var random = new DrawnRandom(seed);
        var choice = new ReplicaChoice(2 + (replicas % 9), random);
        for (var i = 0; i < work; i++)
        {
            var before = Enumerable.Range(0, choice.Count).Select(choice.Outstanding).ToArray();
            random.Drawn.Clear();
            var chosen = choice.Enter(static _ => true);
            random.Drawn.Count.ShouldBe(2);
            var (first, second) = (random.Drawn[0], random.Drawn[1] >= random.Drawn[0] ? random.Drawn[1] + 1 : random.Drawn[1]);
            second.ShouldNotBe(first);
            (first, second).ShouldSatisfyAllConditions(() => new[] { first, second }.ShouldContain(chosen), () => before[chosen].ShouldBe(Math.Min(before[first], before[second])));
            if (i % 3 == 0)
                choice.Leave(chosen);
        }
    }

    [Fact]
    public void Work_spreads_evenly()
    {
        var choice = new ReplicaChoice(10, new Random(1));
        for (var i = 0; i < 10_000; i++)
            choice.Enter(static _ => true);
        Enumerable.Range(0, 10).ShouldAllBe(replica => choice.Outstanding(replica) > 990 && choice.Outstanding(replica) < 1_010);
    }

    [Fact]
    public void Only_open_replicas_are_chosen()
    {
        var choice = new ReplicaChoice(3, new Random(1));
        for (var i = 0; i < 100; i++)
            choice.Enter(static replica => replica == 2).ShouldBe(2);
        choice.Enter(static _ => false).ShouldBe(-1);
        choice.Outstanding(2).ShouldBe(100);
    }

    /// <summary>Remembers what it drew.</summary>
    private sealed class DrawnRandom(int seed) : Random(seed)
    {
        public List<int> Drawn { get; } = [];

        public override int Next(int maxValue)
        {
            Drawn.Add(base.Next(maxValue));
            return Drawn[^1];
        }
    }
}
