using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Learning.Training;

namespace Orchestra.Core.Tests.Learning.Training;

public sealed class PolicyTrainerTests
{
    private static readonly Dictionary<int, (ToyWorld World, Policy Policy)> Learned = new[] { 1, 2, 3 }.ToDictionary(seed => seed, seed =>
    {
        var world = new ToyWorld(seed);
        return (world, world.Learn(seed));
    });

    public static TheoryData<int> Seeds => [.. Learned.Keys];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_policy_learns_whom_to_ask_about_prompts_that_it_has_not_seen(int seed)
    {
        var (world, policy) = Learned[seed];

        var episodes = world.Play(policy, lambda: 0.3);

        var dearest = world.Test.Rows.Average(row => row.Outcomes[^1]!.CostUsd);
        episodes.Average(episode => episode.Score).ShouldBeGreaterThanOrEqualTo(0.9);
        episodes.Average(episode => episode.CostUsd).ShouldBeLessThan(dearest / 3);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_more_efficiency_counts_the_less_is_spent(int seed)
    {
        var (world, policy) = Learned[seed];

        var costs = ((double[])[0.001, 0.1, 10]).Select(lambda => world.Play(policy, lambda).Average(episode => episode.CostUsd)).ToList();

        costs[1].ShouldBeLessThanOrEqualTo(costs[0]);
        costs[2].ShouldBeLessThanOrEqualTo(costs[1]);
        costs[2].ShouldBeLessThan(costs[0]);
    }

    [Fact]
    public void The_same_rows_and_seed_give_the_same_bytes_and_another_seed_others()
    {
        var (world, policy) = Learned[1];

        world.Learn(1).ToBytes().ShouldBe(policy.ToBytes());
        world.Learn(2).ToBytes().ShouldNotBe(policy.ToBytes());
    }

    [Fact]
    public void Other_names_of_the_experts_change_no_decision()
    {
        var (world, policy) = Learned[1];
        // In the order of letters the dearest now comes first.
        var renamed = new ToyWorld(seed: 1, cheap: "zebra", second: "monkey", dear: "ant");
        var other = renamed.Learn(1);

        foreach (var lambda in (double[])[0, 0.001, 0.03, 0.3, 10])
            Decisions(renamed, other, lambda).ShouldBe(Decisions(world, policy, lambda));
    }

    [Fact]
    public void The_card_says_what_was_learned_from()
    {
        var (world, policy) = Learned[2];

        policy.Card.Seed.ShouldBe(2);
        policy.Card.Experts.ShouldBe(world.Names);
        policy.Card.Training["rows"].ShouldBe(world.Train.Rows.Count);
        policy.Card.Training["reward_warm_start"].ShouldBeInRange(0, 1);
        policy.Card.Baselines.Select(point => point.Name).ShouldBe(world.Names);
    }

    [Fact]
    public void A_single_row_is_too_little()
    {
        var world = new ToyWorld(seed: 1);
        var single = world.Train.With([world.Train.Rows[0]]);

        Should.Throw<OrchestraException>(() => PolicyTrainer.Train(single, new TrainingOptions(), null, CancellationToken.None)).Code.ShouldBe(ErrorCode.InvalidRequest);
    }

    private static List<string> Decisions(ToyWorld world, Policy policy, double lambda) =>
        [.. world.Play(policy, lambda).Select(episode => $"{string.Join(',', episode.Asked)} → {episode.Finished}")];
}
