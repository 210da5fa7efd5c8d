using Orchestra.Core.Learning.Live;
using Orchestra.Core.Learning.Neighbours;
using Orchestra.Core.Learning.Policies;
using Orchestra.Core.Tests.Conducting;

namespace Orchestra.Core.Tests.Learning.Live;

public sealed class ExpertBeliefsTests
{
    private const string Name = "small";
    private static readonly Core.Experts.ExpertDescriptor[] Experts = [Scene.Chat(Name, 1)];

    [Fact]
    public void An_expert_without_outcomes_is_taken_for_better_than_predicted_while_nobody_was_asked()
    {
        var beliefs = new ExpertBeliefs(Experts, new OutcomeMemory(16));

        Chance(beliefs, isFirst: true).ShouldBeGreaterThan(0.75f);
        Chance(beliefs, isFirst: false).ShouldBe(0.5f, 1e-6f);
    }

    [Fact]
    public void Optimism_vanishes_as_outcomes_come()
    {
        var beliefs = new ExpertBeliefs(Experts, new OutcomeMemory(16));
        var before = Chance(beliefs, isFirst: true);
        for (var i = 0; i < 400; i++)
            beliefs.Add(Name, $"{i}", 0, i % 2);
        beliefs.Publish();

        Chance(beliefs, isFirst: true).ShouldBeInRange(0.5f, 0.54f);
        before.ShouldBeGreaterThan(0.75f);
    }

    [Fact]
    public void Optimism_vanishes_where_calls_bring_no_outcomes()
    {
        var beliefs = new ExpertBeliefs(Experts, new OutcomeMemory(16));
        for (var i = 0; i < 2_000; i++)
            beliefs.Asked(Name);

        Chance(beliefs, isFirst: true).ShouldBeInRange(0.5f, 0.52f);
    }

    [Fact]
    public void An_expert_that_was_trained_on_is_no_riddle()
    {
        var memory = new OutcomeMemory(16);
        for (var i = 0; i < 1_000; i++)
            memory.Add(new float[16], [KeyValuePair.Create(Name, (double)(i % 2))]);

        Chance(new ExpertBeliefs(Experts, memory), isFirst: true).ShouldBeInRange(0.5f, 0.52f);
    }

    [Fact]
    public void One_that_changes_is_noticed_and_its_recovery_too()
    {
        var memory = new OutcomeMemory(16);
        for (var i = 0; i < 1_000; i++)
            memory.Add(new float[16], [KeyValuePair.Create(Name, i % 10 == 0 ? 0.0 : 1)]);
        var beliefs = new ExpertBeliefs(Experts, memory);
        for (var i = 0; i < 50; i++)
            beliefs.Add(Name, $"bad {i}", 2, 0);
        beliefs.Publish();
        beliefs[Name].Shift.ShouldBeLessThan(-1);

        for (var i = 0; i < 300; i++)
            beliefs.Add(Name, $"good {i}", 2, i % 8 == 0 ? 0 : 1);
        beliefs.Publish();
        beliefs[Name].Shift.ShouldBe(0, 0.4);
    }

    [Fact]
    public void The_outcome_of_a_trajectory_can_be_taken_back()
    {
        var beliefs = new ExpertBeliefs(Experts, new OutcomeMemory(16));
        beliefs.Add(Name, "one", 0, 1);
        beliefs.Remove("one");
        beliefs.Publish();

        beliefs[Name].ShouldBe(new ExpertBelief(0, ExpertBelief.Unknown, 0, 0));
    }

    [Fact]
    public void Of_strangers_nothing_is_known() => new ExpertBeliefs(Experts, new OutcomeMemory(16))["stranger"].ShouldBe(new ExpertBelief(0, ExpertBelief.Unknown, 0, 0));

    private static float Chance(ExpertBeliefs beliefs, bool isFirst)
    {
        var seen = new SeenExpert { IsPresent = true, Chance = 0.5f };
        beliefs.Apply([seen], Experts, isFirst);
        return seen.Chance;
    }
}
