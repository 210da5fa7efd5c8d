using System.Net;
using FsCheck.Xunit;
using Orchestra.Grains.Experts;
using Orchestra.Grains.Placement;

namespace Orchestra.Cluster.Tests.Placement;

public sealed class ReplicaSpreadTests
{
    [Property]
    public void Replicas_that_are_placed_at_once_spread_over_all_silos(byte silos, byte more, int port)
    {
        var count = (silos % 8) + 1;
        var able = Enumerable.Range(0, count).Select(i => Empty(i, port)).ToList();
        var replicas = count + (more % 8);
        var places = Enumerable.Range(0, replicas).Select(replica => ReplicaSpread.Choose(new ExpertKey("e", replica), able, 0)!).GroupBy(silo => silo).Select(group => group.Count()).ToList();
        places.Count.ShouldBe(count);
        (places.Max() - places.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Property]
    public void Replicas_that_are_placed_one_by_one_spread_over_all_silos(byte silos, byte more)
    {
        var count = (silos % 8) + 1;
        var able = Enumerable.Range(0, count).Select(i => Empty(i, 0)).ToList();
        for (var replica = 0; replica < count + (more % 8); replica++)
        {
            var chosen = ReplicaSpread.Choose(new ExpertKey("e", replica), able, 0);
            var at = able.FindIndex(silo => silo.Silo.Equals(chosen));
            able[at] = able[at] with { Held = [.. able[at].Held, $"e/{replica}"] };
        }

        (able.Max(silo => silo.Held.Count) - able.Min(silo => silo.Held.Count)).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void First_replicas_of_many_experts_do_not_meet_on_one_silo()
    {
        List<SiloSpace> able = [Empty(1, 0), Empty(2, 0), Empty(3, 0), Empty(4, 0)];
        var places = Enumerable.Range(0, 100).Select(i => ReplicaSpread.Choose(new ExpertKey($"expert-{i}", 0), able, 0)).GroupBy(silo => silo).ToList();
        places.Count.ShouldBe(4);
        places.ShouldAllBe(place => place.Count() > 5);
    }

    [Fact]
    public void A_silo_takes_no_more_replicas_at_once_than_it_has_memory_for()
    {
        var (small, large) = (Empty(1, 0) with { FreeMb = 10 }, Empty(2, 0) with { FreeMb = 30 });
        var places = Enumerable.Range(0, 4).Select(replica => ReplicaSpread.Choose(new ExpertKey("e", replica), [small, large], 10)).ToList();
        places.Count(silo => silo!.Equals(small.Silo)).ShouldBe(1);
    }

    [Fact]
    public void A_replica_that_a_silo_holds_stays_there_though_it_has_no_memory_left()
    {
        var holder = Empty(2, 0) with { FreeMb = 0, Held = ["e/0", "e/1"] };
        ReplicaSpread.Choose(new ExpertKey("e", 1), [Empty(1, 0), holder, Empty(3, 0)], 10).ShouldBe(holder.Silo);
    }

    [Fact]
    public void Without_a_silo_there_is_no_place() => ReplicaSpread.Choose(new ExpertKey("e", 0), [], 0).ShouldBeNull();

    [Theory]
    [InlineData("e/0,e/1", "", "e/1", true)]
    [InlineData("e/0,e/1", "e/2", null, false)]
    [InlineData("e/0,e/1,e/2", "e/3", "e/2", true)]
    [InlineData("e/0", "", null, false)]
    [InlineData("e/0,f/0", "", "e/0", false)]
    [InlineData("e/0,f/0", "g/0", null, false)]
    [InlineData("e/0,f/0,g/0", "e/1", "f/0", false)]
    [InlineData("", "e/0,e/1", null, false)]
    public void A_silo_gives_away_what_is_more_than_its_part(string held, string other, string? moved, bool whileItWorks)
    {
        var space = Empty(1, 0) with { Held = other.Split(',', StringSplitOptions.RemoveEmptyEntries) };
        var move = ReplicaSpread.ToMove(held.Split(',', StringSplitOptions.RemoveEmptyEntries), _ => [space]);
        (move?.Replica.ToString(), move?.WhileItWorks ?? false).ShouldBe((moved, whileItWorks));
        ReplicaSpread.ToMove(held.Split(',', StringSplitOptions.RemoveEmptyEntries), _ => []).ShouldBeNull();
    }

    private static SiloSpace Empty(int silo, int port) => new(SiloAddress.New(IPAddress.Loopback, (port & 0xFFF) + silo, 1), 1_000, []);
}
