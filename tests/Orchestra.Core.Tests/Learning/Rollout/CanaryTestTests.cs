using Orchestra.Core.Configuration;
using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Core.Tests.Learning.Rollout;

public sealed class CanaryTestTests
{
    private const int Runs = 100;
    private const int LookEvery = 10;
    private const int Queries = 5_000;
    private const int Window = 300;
    private static readonly RolloutOptions Options = new();

    [Fact]
    public void A_canary_that_is_no_worse_is_hardly_ever_rolled_back_though_it_is_looked_at_all_the_time()
    {
        var wrong = Enumerable.Range(0, Runs).Count(seed => RolledBackAt(seed, share: 0.1, costFactor: 1, rejections: 0.05, dislikes: 0.2) is not null);

        // Of 100 runs one is allowed on average; more than five would be a chance of one in a thousand.
        wrong.ShouldBeLessThanOrEqualTo(5);
    }

    [Theory]
    [InlineData(2.0, 0.05, 0.2)]
    [InlineData(1.0, 0.3, 0.2)]
    [InlineData(1.0, 0.05, 0.5)]
    public void A_canary_that_costs_or_fails_or_is_disliked_much_more_is_rolled_back_soon(double costFactor, double rejections, double dislikes)
    {
        for (var seed = 0; seed < 20; seed++)
            RolledBackAt(seed, share: 0.5, costFactor, rejections, dislikes).ShouldNotBeNull($"seed {seed}").ShouldBeLessThan(Queries);
    }

    [Fact]
    public void A_cost_within_the_tolerance_is_no_reason()
    {
        var active = Many(1_000_000, 1.00);
        CanaryTest.Worse(active, Many(1_000_000, 1.04), Options).ShouldBeNull();
        CanaryTest.Worse(active, Many(1_000_000, 1.10), Options).ShouldNotBeNull().ShouldContain("cost more");
    }

    [Fact]
    public void Few_queries_prove_no_higher_cost() => CanaryTest.Worse(Many(199, 1), Many(199, 100), Options).ShouldBeNull();

    [Fact]
    public void Tallies_of_two_hosts_add_up_to_that_of_one()
    {
        var one = default(ArmTally).With(1, false, TimeSpan.FromSeconds(1)).With(3, true, TimeSpan.FromSeconds(2));
        var two = default(ArmTally).With(5, false, TimeSpan.FromSeconds(3));
        (one + two).ShouldBe(one.With(5, false, TimeSpan.FromSeconds(3)));
        (one.MeanDollars, one.DollarVariance, one.RejectionShare).ShouldBe((2, 2, 0.5));
        var heard = one with { Heard = 4, HeardRejections = 1 };
        ((heard + heard).Heard, (heard + heard).HeardRejectionShare).ShouldBe((8, 0.25));
    }

    private static ArmTally Many(long queries, double dollars) => new(queries, 0, queries * dollars, queries * dollars * dollars, queries);

    /// <summary>Costs as those of real queries: log-normal, most small and some many times larger.</summary>
    private static int? RolledBackAt(int seed, double share, double costFactor, double rejections, double dislikes)
    {
        var random = new Random(seed);
        var (active, canary) = (default(ArmTally), default(ArmTally));
        var heard = new Queue<(bool IsCanary, bool IsRejected)>();
        for (var query = 1; query <= Queries; query++)
        {
            var isCanary = random.NextDouble() < share;
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var cost = Math.Exp(normal) * (isCanary ? costFactor : 1);
            var isRejected = random.NextDouble() < (isCanary ? rejections : 0.05);
            if (isCanary)
                canary = canary.With(cost, isRejected, TimeSpan.Zero);
            else
                active = active.With(cost, isRejected, TimeSpan.Zero);
            // Those who are asked of the active policy take their time, those of the canary answer at once: only what was counted after the same time compares.
            heard.Enqueue((isCanary, isRejected || random.NextDouble() < (isCanary ? dislikes : 0.2)));
            if (heard.Count > Window)
                (active, canary) = Hear(heard.Dequeue(), active, canary);
            if (query % LookEvery == 0 && CanaryTest.Worse(active, canary, Options) is not null)
                return query;
        }

        return null;
    }

    private static (ArmTally Active, ArmTally Canary) Hear((bool IsCanary, bool IsRejected) query, ArmTally active, ArmTally canary)
    {
        var one = new ArmTally { Heard = 1, HeardRejections = query.IsRejected ? 1 : 0 };
        return query.IsCanary ? (active, canary + one) : (active + one, canary);
    }
}
