using Microsoft.Extensions.Logging.Abstractions;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Rollout;
using Orchestra.Core.Learning.Rollout;
using Orchestra.Core.Tests.Conversations;

namespace Orchestra.Core.Tests.Conducting.Rollout;

public sealed class RolloutConductorTests
{
    private readonly RolloutTallies _tallies = new();

    [Fact]
    public async Task Policies_that_are_swapped_under_way_drop_no_query_and_none_changes_its_conductor()
    {
        await using var bench = new ConversationBench().With(Expert("a"), Expert("b"));
        RolloutConductor rollout = null!;
        var snapshots = new RolloutSnapshot[2];
        for (var i = 0; i < 2; i++)
        {
            // Each decision swaps in the other policy, so that every query that is under way meets a swap.
            var other = 1 - i;
            snapshots[i] = new RolloutSnapshot(PolicyRollout.None, Policy(i == 0 ? "a" : "b", () => rollout.Swap(snapshots[other])), null);
        }

        rollout = Conductor(new ScriptedConductor(_ => throw new InvalidOperationException("Nothing falls back.")));
        rollout.Swap(snapshots[0]);
        bench.Conducted(rollout);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
                await bench.AskAsync("orchestra");
        })));

        bench.Trajectories.Count.ShouldBe(80);
        foreach (var trajectory in bench.Trajectories)
        {
            trajectory.Outcome.ShouldBe("answered");
            var policy = trajectory.Conductor!.Split(':')[1];
            trajectory.Steps.Select(step => step.Reason).ShouldBe([policy, policy]);
        }

        bench.Trajectories.Select(trajectory => trajectory.Conductor).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_canary_serves_its_share_and_keeps_a_conversation()
    {
        await using var bench = new ConversationBench().With(Expert("a"), Expert("b"));
        var rollout = Conductor(Always("a"));
        rollout.Swap(new RolloutSnapshot(PolicyRollout.None.Canary("b", 0.3, DateTimeOffset.UnixEpoch), null, Policy("b")));
        bench.Conducted(rollout);

        for (var turn = 0; turn < 2; turn++)
        {
            for (var user = 0; user < 60; user++)
                await bench.AskAsync("orchestra", more: $"\"user\":\"u{user}\"");
        }

        var conductors = bench.Trajectories.Select(trajectory => trajectory.Conductor).ToList();
        conductors[..60].ShouldBe(conductors[60..]);
        // The hash of sixty fixed names: no chance is left in it.
        conductors[..60].Count(conductor => conductor == "scripted:b").ShouldBeInRange(8, 28);
        var sums = _tallies.Take().ShouldHaveSingleItem();
        sums.Key.ShouldBe(1);
        (sums.Value.Active.Queries + sums.Value.Canary.Queries).ShouldBe(120);
        sums.Value.Canary.Queries.ShouldBe(conductors.Count(conductor => conductor == "scripted:b"));
        sums.Value.Canary.MeanDollars.ShouldBe(0.00011, 1e-9);
    }

    [Fact]
    public async Task A_shadow_decides_without_effect_and_what_it_would_do_is_kept()
    {
        await using var bench = new ConversationBench().With(Expert("a"), Expert("b"));
        var rollout = Conductor(Always("a"));
        rollout.Swap(new RolloutSnapshot(PolicyRollout.None.Shadow("b", DateTimeOffset.UnixEpoch), null, Policy("b")));
        bench.Conducted(rollout);
        await bench.AskAsync("orchestra");
        rollout.Swap(new RolloutSnapshot(PolicyRollout.None.Shadow("a", DateTimeOffset.UnixEpoch), null, Policy("a")));
        await bench.AskAsync("orchestra");
        rollout.Swap(new RolloutSnapshot(PolicyRollout.None.Shadow("c", DateTimeOffset.UnixEpoch), null, new PolicyConductor("c", Broken())));
        await bench.AskAsync("orchestra");

        bench.Trajectories.ShouldAllBe(trajectory => trajectory.Conductor == "scripted" && trajectory.Steps[0].Target == "a");
        bench.Trajectories.Select(trajectory => trajectory.ShadowDecision)
            .ShouldBe([new ShadowDecision("b", "delegate:b", false), new ShadowDecision("a", "delegate:a", true), new ShadowDecision("c", "failed", false)]);
        var sums = _tallies.Take()[1];
        (sums.Active.Queries, sums.Canary.Queries, sums.ShadowDecisions, sums.ShadowAgreements).ShouldBe((3, 0, 3, 1));
    }

    [Fact]
    public async Task Where_a_policy_fails_the_fallback_serves_the_rest_of_the_query()
    {
        await using var bench = new ConversationBench().With(Expert("a"));
        var rollout = Conductor(Always("a"));
        rollout.Swap(new RolloutSnapshot(PolicyRollout.None, new PolicyConductor("c", Broken()), null));
        bench.Conducted(rollout);

        await bench.AskAsync("orchestra");

        var trajectory = bench.Trajectories.ShouldHaveSingleItem();
        (trajectory.Outcome, trajectory.Conductor).ShouldBe(("answered", "scripted:c"));
        trajectory.Steps.ShouldAllBe(step => step.Reason == "The policy failed. a");
    }

    [Fact]
    public async Task A_query_that_is_cancelled_is_no_failure_of_its_policy()
    {
        using var cancelled = new CancellationTokenSource();
        await using var bench = new ConversationBench().With(Expert("a"));
        var rollout = Conductor(new ScriptedConductor(_ => throw new InvalidOperationException("Nothing falls back.")));
        var policy = new ScriptedConductor(_ =>
        {
            cancelled.Cancel();
            throw new OperationCanceledException(cancelled.Token);
        });
        rollout.Swap(new RolloutSnapshot(PolicyRollout.None.Canary("c", 1, DateTimeOffset.UnixEpoch), null, new PolicyConductor("c", policy)));
        bench.Conducted(rollout);

        await Should.ThrowAsync<OperationCanceledException>(() => bench.AskAsync("orchestra", ct: cancelled.Token));

        _tallies.Take().ShouldBeEmpty();
    }

    private RolloutConductor Conductor(IConductor fallback) => new(fallback, _tallies, NullLogger<RolloutConductor>.Instance);

    private static ScriptedExpert Expert(string name) => new(name, ScriptedExpert.DollarAMillion);

    private static PolicyConductor Policy(string expert, Action? deciding = null) => new(expert, Always(expert, deciding));

    private static ScriptedConductor Broken() => new(_ => throw new InvalidOperationException("A fault of the policy's own."));

    /// <summary>Asks one expert, and finishes with its answer in the second pass.</summary>
    private static ScriptedConductor Always(string expert, Action? deciding = null) => new(situation =>
    {
        deciding?.Invoke();
        return situation.Observations.Count == 0
            ? new Decision(new Move.Delegate(expert, RequestEdits.None, Purpose.Answer, Judged: true), expert)
            : new Decision(new Move.Finish(0), expert);
    });
}
