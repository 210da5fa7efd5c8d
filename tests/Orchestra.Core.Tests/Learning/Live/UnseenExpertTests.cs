using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Tests.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Live;

public sealed class UnseenExpertTests
{
    private static readonly Dictionary<int, (ToyWorld World, Policy Policy)> Learned = new[] { 1, 2, 3 }.ToDictionary(seed => seed, seed =>
    {
        var world = new ToyWorld(seed);
        return (world, world.Learn(seed));
    });

    public static TheoryData<int> Seeds => [.. Learned.Keys];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task One_that_is_cheaper_and_better_gets_most_of_the_queries_within_50_outcomes(int seed)
    {
        await using var newcomer = new Newcomer(Learned[seed].World, Learned[seed].Policy, isRight: _ => true);

        var first = await newcomer.ServeAsync(50);
        var next = await newcomer.ServeAsync(50);

        first.TakeLast(25).Count(expert => expert == Newcomer.Name).ShouldBeGreaterThan(12);
        next.Count(expert => expert == Newcomer.Name).ShouldBeGreaterThan(40);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task One_that_is_always_wrong_is_tried_and_left_alone(int seed)
    {
        await using var newcomer = new Newcomer(Learned[seed].World, Learned[seed].Policy, isRight: _ => false);

        (await newcomer.ServeAsync(50)).Count(expert => expert == Newcomer.Name).ShouldBeInRange(1, 25);
        (await newcomer.ServeAsync(50)).Count(expert => expert == Newcomer.Name).ShouldBeLessThan(5);
    }

    [Fact]
    public async Task Without_outcomes_an_unknown_expert_is_tried_a_few_times_and_no_more()
    {
        await using var newcomer = new Newcomer(Learned[1].World, Learned[1].Policy, isRight: _ => true);

        (await newcomer.ServeAsync(100, areScored: false)).Count(expert => expert == Newcomer.Name).ShouldBeInRange(10, 30);
        (await newcomer.ServeAsync(100, areScored: false)).Count(expert => expert == Newcomer.Name).ShouldBeLessThan(5);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_the_policy_has_learned_of_the_others_stays(int seed)
    {
        await using var newcomer = new Newcomer(Learned[seed].World, Learned[seed].Policy, isRight: _ => false);
        await newcomer.ServeAsync(100);

        var served = await newcomer.ServeAsync(100);

        served.Count(expert => expert is "cheap" or "second").ShouldBeGreaterThan(80);
    }
}
