using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Conducting.Complexity;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tests.Conducting.Complexity;

/// <summary>Runs the conductor through loops with any catalogue and any luck.</summary>
public sealed class ConductorPropertyTests
{
    private const int MostTurns = 12;

    private static readonly string[] Queries = [Scene.Easy, Scene.Hard, Scene.HardMath, "What is 12.5% of 3/7?", "Hi", new string('a', 20_000), "Translate 'good morning' into Spanish"];
    private static readonly string[] SkillSets = ["", "chat", "math", "chat tools", "tools", "reasoning tools", "lookup", "chat vision", "code"];
    private static readonly string[] Errors = [ErrorCode.UpstreamFailed, ErrorCode.UpstreamTimeout, ErrorCode.InvalidRequest, ErrorCode.InsufficientQuota, ErrorCode.Overloaded];

    [Property(MaxTest = 500)]
    public void It_always_finishes_or_refuses_within_its_turns_and_stays_within_the_catalogue(int seed)
    {
        var luck = new Random(seed);
        var conductor = ConductorOf(luck);
        var situation = SituationOf(luck);
        while (true)
        {
            var decision = Decide(conductor, situation);
            Check(situation, decision);
            if (decision.Moves[0] is Move.Finish or Move.Refuse)
                return;
            if (situation.TurnsLeft == 1)
            {
                // What streams straight through on the last turn is the answer.
                decision.Moves.ShouldHaveSingleItem().ShouldBeOfType<Move.Delegate>().Judged.ShouldBeFalse();
                return;
            }

            if (decision.Moves[0] is Move.Verify verify)
            {
                situation = situation.Judged(verify.ObservationId, accepted: luck.Next(3) == 0, confidence: luck.NextDouble());
                continue;
            }

            var (turn, left) = (situation.Turn, situation.TurnsLeft);
            foreach (var move in decision.Moves)
                situation = luck.Next(3) == 0 ? situation.Failed(move, Errors[luck.Next(Errors.Length)]) : situation.Then(move, AnswerTo(move, luck));
            situation = situation with { Turn = turn + 1, TurnsLeft = left - 1, TimeLeft = situation.TimeLeft - TimeSpan.FromSeconds(luck.Next(20)) };
            if (decision.Moves[0] is Move.Delegate { Judged: false } && situation.Observations[^1].Succeeded)
                return;
        }
    }

    [Property(MaxTest = 300)]
    public void Its_decisions_do_not_depend_on_the_order_of_the_catalogue(int seed)
    {
        var luck = new Random(seed);
        var situation = SituationOf(luck);
        var shuffled = situation.Catalogue.ToArray();
        luck.Shuffle(shuffled);
        var options = new ComplexityOptions { SearchFirst = luck.Next(2) == 0 };

        for (var i = 0; i < 4; i++)
        {
            var one = Decide(new ComplexityConductor(options, Scene.ReadExpression, TimeProvider.System), situation);
            var other = Decide(new ComplexityConductor(options, Scene.ReadExpression, TimeProvider.System), situation with { Catalogue = shuffled });

            Describe(other).ShouldBe(Describe(one));
            if (one.Moves[0] is not (Move.Delegate or Move.CallTool))
                return;
            situation = situation.Failed(one.Moves[0], ErrorCode.UpstreamFailed);
        }
    }

    private static void Check(Situation situation, Decision decision)
    {
        decision.Moves.ShouldNotBeEmpty();
        decision.Reason.ShouldNotBeNullOrWhiteSpace();
        decision.Assessment.ShouldNotBeNull();
        foreach (var move in decision.Moves)
        {
            switch (move)
            {
                case Move.Delegate ask:
                    var expert = situation.Catalogue.Single(expert => expert.Name == ask.Expert);
                    expert.IsChat.ShouldBeTrue();
                    if (ask.Purpose == Purpose.Answer)
                    {
                        var added = TokenEstimator.Likely(ask.Edits.AppendMessages.Sum(message => (long)message.Length));
                        (expert.ContextWindow == 0 || situation.Request.LikelyPromptTokens + added + Math.Min(512, expert.MaxOutputTokens) <= expert.ContextWindow).ShouldBeTrue();
                    }

                    break;
                case Move.CallTool call:
                    situation.Catalogue.Single(expert => expert.Name == call.Tool).IsChat.ShouldBeFalse();
                    break;
                case Move.Verify verify:
                    situation.Observations[verify.ObservationId].Succeeded.ShouldBeTrue();
                    break;
                case Move.Finish finish:
                    situation.Observations[finish.ObservationId].Succeeded.ShouldBeTrue();
                    break;
                case Move.Refuse refuse:
                    refuse.Code.ShouldNotBeNullOrWhiteSpace();
                    refuse.Reason.ShouldNotBeNullOrWhiteSpace();
                    break;
            }
        }
    }

    private static ChatCompletion AnswerTo(Move move, Random luck) => luck.Next(3) switch
    {
        0 when move is Move.Delegate { Purpose: Purpose.Answer } =>
            Scene.Completion("", "tool_calls", new ToolCall("c", luck.Next(2) == 0 ? "calculate" : "unknown", "{}"), new ToolCall("c", "search", new string('x', luck.Next(9_000)))),
        1 when move is Move.Delegate { Purpose: Purpose.Assessment } => Scene.Completion("""{"complexity": 9, "task": "math"}"""),
        _ => Scene.Completion(new string('y', luck.Next(9_000))),
    };

    private static ComplexityConductor ConductorOf(Random luck) => new(
        new ComplexityOptions { Threshold = luck.Next(1, 11), SearchFirst = luck.Next(2) == 0, Analyser = luck.Next(2) == 0 ? "expert1" : null, AnalyseFrom = 1 }, Scene.ReadExpression, TimeProvider.System);

    private static Situation SituationOf(Random luck)
    {
        var experts = Enumerable.Range(0, luck.Next(6))
            .Select(i => Scene.Chat($"expert{i}", luck.Next(4), SkillSets[luck.Next(SkillSets.Length)], luck.Next(4) switch { 0 => 0, 1 => 2_048, 2 => 8_192, _ => 128_000 }, luck.Next(100, 5_000)))
            .ToList();
        if (luck.Next(2) == 0)
            experts.Add(Scene.Calculator());
        if (luck.Next(2) == 0)
            experts.AddRange([Scene.Search("docs"), Scene.Search("wiki")]);
        return Scene.Of(Queries[luck.Next(Queries.Length)], [.. experts]) with { TurnsLeft = luck.Next(1, MostTurns) };
    }

    private static Decision Decide(ComplexityConductor conductor, Situation situation) => conductor.DecideAsync(situation, default).AsTask().GetAwaiter().GetResult();

    private static string Describe(Decision decision) => decision.Reason + "|" + string.Join('|', decision.Moves.Select(move => move switch
    {
        Move.Delegate ask => $"{ask.Expert} {ask.Judged} {ask.Edits.Tools} {string.Join(' ', ask.Edits.AppendMessages)}",
        _ => move.ToString(),
    }));
}
