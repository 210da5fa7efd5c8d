using FsCheck.Xunit;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using static Orchestra.Core.Tests.Conversations.ScriptedExpert;

namespace Orchestra.Core.Tests.Conversations;

/// <summary>Whatever conductors decide and experts do, a query ends within its limits and every nano-dollar is accounted for.</summary>
public sealed class ConversationProperties
{
    private static readonly Act[] Endings = [Act.Answer, Act.Fail, Act.FailAfterCharging, Act.BreakMidway, Act.NeverEnd];

    private static readonly int[] Slices = [16, 32, 256];

    [Property(MaxTest = 60)]
    public Task The_loop_ends_within_its_limits_and_no_money_is_lost_or_created(int seed, bool stream, byte budgetStep) =>
        RunAsync(seed, stream, new Money(budgetStep * 5_000L));

    private static async Task RunAsync(int seed, bool stream, Money limit)
    {
        await using var bench = new ConversationBench();
        await bench.LimitAsync(limit.ToString());
        var random = new Random(seed);
        Act[] Acts() => [.. Enumerable.Range(0, 8).Select(_ => Endings[random.Next(Endings.Length)])];
        IExpert[] experts = [new ScriptedExpert("cheap", DollarAMillion, Acts()), new ScriptedExpert("dear", new ExpertPrice(Money.FromDollars(10), Money.FromDollars(10), Money.FromDollars(0.00001m)), Acts()) { Streams = random.Next(2) == 0 }, new ScriptedExpert("free", ExpertPrice.Free, [.. Acts().Where(act => act != Act.NeverEnd).Append(Act.Answer)])];
        var conductor = new ScriptedConductor(situation => Decide(random, situation));
        var reported = Money.Zero;
        try
        {
            var answer = await bench.With(experts).Conducted(conductor).AskAsync("orchestra", stream, slice: Slices[random.Next(Slices.Length)]);
            if (answer.Stream is not null)
                await DrainAsync(answer, random.Next(4) == 0 ? random.Next(Tokens) : int.MaxValue);
            reported = answer.Cost;
        }
        catch (OrchestraException)
        {
            reported = bench.Trajectories[^1].Cost;
        }

        conductor.Decisions.ShouldBeLessThanOrEqualTo(6);
        var trajectory = bench.Trajectories.ShouldHaveSingleItem();
        trajectory.Cost.ShouldBe(reported);
        trajectory.Steps.Aggregate(Money.Zero, (sum, step) => sum + step.Cost).ShouldBe(reported);
        var state = await bench.StateAsync();
        state.Spent.ShouldBe(reported);
        state.Reserved.ShouldBe(Money.Zero);
        state.Spent.ShouldBeLessThanOrEqualTo(limit);
    }

    private static async Task DrainAsync(Answer answer, int chunks)
    {
        await foreach (var _ in answer.Stream!)
        {
            if (--chunks <= 0)
                break;
        }
    }

    private static Decision Decide(Random random, Situation situation)
    {
        Move Delegate() => new Move.Delegate(situation.Catalogue[random.Next(situation.Catalogue.Count)].Name, RequestEdits.None, Purpose.Answer, random.Next(2) == 0);
        var seen = situation.Observations.Where(observation => observation.Succeeded).ToList();
        var observation = seen.Count > 0 ? seen[random.Next(seen.Count)] : null;
        return random.Next(6) switch
        {
            0 when observation is not null => new Decision(new Move.Verify(observation.Id), "Look."),
            1 when observation is not null => new Decision(new Move.Finish(observation.Id), "Enough."),
            2 => new Decision([.. Enumerable.Range(0, random.Next(2, 7)).Select(_ => Delegate())], "Several."),
            3 when random.Next(4) == 0 => new Decision(new Move.Refuse(ErrorCode.Refused, "No."), "No."),
            _ => new Decision(Delegate(), "Ask."),
        };
    }
}
