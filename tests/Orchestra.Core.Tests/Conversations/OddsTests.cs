using System.Text.Json;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Errors;
using Orchestra.Core.Trajectories;
using static Orchestra.Core.Tests.Conversations.ScriptedExpert;

namespace Orchestra.Core.Tests.Conversations;

public sealed class OddsTests : IAsyncDisposable
{
    private static readonly Move Judged = new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: true);
    private readonly ConversationBench _bench = new();

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task Each_move_of_a_trajectory_has_the_odds_of_its_decision()
    {
        await _bench.LimitAsync("1");
        var steps = await StepsAsync(turn => turn switch { 1 => Judged, 2 => new Move.Verify(0), _ => new Move.Finish(0) });
        steps.Select(step => step.Move).ShouldBe(["delegate", "verify", "finish"]);
        steps.Select(step => step.Odds).SequenceEqual([Odds(1), Odds(2), Odds(3)], Same).ShouldBeTrue();
    }

    [Fact]
    public async Task A_streamed_answer_has_its_odds()
    {
        await _bench.LimitAsync("1");
        var answer = await _bench.With(new ScriptedExpert("small", DollarAMillion))
            .Conducted(Drawn(_ => new Move.Delegate("small", RequestEdits.None, Purpose.Answer, Judged: false))).AskAsync("orchestra", stream: true);
        await foreach (var chunk in answer.Stream!)
            chunk.Events.IsEmpty.ShouldBeFalse();
        _bench.Trajectories[^1].Steps.ShouldHaveSingleItem().Odds.ShouldBe(Odds(1), Same);
    }

    [Fact]
    public async Task A_refusal_and_a_tool_call_have_their_odds()
    {
        await _bench.LimitAsync("1");
        await Should.ThrowAsync<OrchestraException>(() => StepsAsync(turn => turn == 1 ? new Move.CallTool("small", "1 + 1") : new Move.Refuse("refused", "Not that.")));
        var steps = _bench.Trajectories[^1].Steps;
        steps.Select(step => step.Move).ShouldBe(["call_tool", "refuse"]);
        steps.Select(step => step.Odds).SequenceEqual([Odds(1), Odds(2)], Same).ShouldBeTrue();
    }

    [Fact]
    public async Task Calls_side_by_side_share_the_odds_of_their_decision()
    {
        await _bench.LimitAsync("1");
        var conductor = new ScriptedConductor(situation => situation.Observations.Count == 0
            ? new Decision([Judged, Judged], "Both.") { Odds = Odds(1) }
            : new Decision(new Move.Finish(0), "Enough."));
        await _bench.With(new ScriptedExpert("small", DollarAMillion)).Conducted(conductor).AskAsync("orchestra");
        _bench.Trajectories[^1].Steps.Select(step => step.Odds).SequenceEqual([Odds(1), Odds(1), null], Same).ShouldBeTrue();
    }

    [Fact]
    public async Task A_finish_that_a_limit_decides_has_no_odds()
    {
        await _bench.LimitAsync("1");
        var steps = await StepsAsync(_ => Judged);
        steps[^2].Odds.ShouldNotBeNull();
        steps[^1].Move.ShouldBe("finish");
        steps[^1].Odds.ShouldBeNull();
    }

    [Fact]
    public void Odds_come_back_from_their_json_and_their_absence_is_not_written()
    {
        var trajectory = new Trajectory
        {
            Id = "traj_1", TenantId = "acme", KeyId = "k1", StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.Zero, Model = "orchestra", Outcome = "answered",
            Steps = [new TrajectoryStep { Turn = 1, Move = "delegate", Target = "small", Reason = "drawn", Odds = Odds(1) }, new TrajectoryStep { Turn = 2, Move = "finish", Target = "0", Reason = "sure" }],
        };
        var json = JsonSerializer.Serialize(trajectory, TrajectoryJson.Default.Trajectory);
        json.ShouldContain("\"delegate:Small\":0.25");
        var steps = JsonSerializer.Deserialize(json, TrajectoryJson.Default.Trajectory)!.Steps;
        steps[0].Odds.ShouldBe(Odds(1), Same);
        JsonDocument.Parse(json).RootElement.GetProperty("steps")[1].TryGetProperty("odds", out _).ShouldBeFalse();
    }

    private static readonly IEqualityComparer<DecisionOdds?> Same = EqualityComparer<DecisionOdds?>.Create(
        (one, other) => one is null || other is null ? one is null && other is null : one with { Moves = other.Moves } == other && one.Moves.SequenceEqual(other.Moves),
        odds => odds?.Policy.Length ?? 0);

    private static DecisionOdds Odds(int turn) => new("policy-" + turn, 0.5, 0.25, new Dictionary<string, double> { ["delegate:Small"] = 0.25, ["finish:0"] = 0.75 });

    private static ScriptedConductor Drawn(Func<int, Move> move) =>
        new(situation => new Decision(move(situation.Turn), "Drawn.") { Odds = Odds(situation.Turn) });

    private async Task<IReadOnlyList<TrajectoryStep>> StepsAsync(Func<int, Move> move)
    {
        await _bench.With(new ScriptedExpert("small", DollarAMillion)).Conducted(Drawn(move)).AskAsync("orchestra");
        return _bench.Trajectories[^1].Steps;
    }
}
