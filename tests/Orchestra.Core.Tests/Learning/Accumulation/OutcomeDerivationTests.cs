using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conducting;
using Orchestra.Core.Learning.Accumulation;
using Orchestra.Core.Trajectories;

namespace Orchestra.Core.Tests.Learning.Accumulation;

public sealed class OutcomeDerivationTests
{
    [Fact]
    public void A_correct_answer_grades_every_answer_and_is_stronger_than_a_score()
    {
        var scores = Scores(Asked(Said("small", 0, "#### 5"), Said("large", 1, "so 4"), Finish(0)) with { Feedback = [Of("k1") with { CorrectAnswer = "4", Score = 1 }], Shadows = [Shadow("other", "#### 4")] });
        scores.ShouldBe(new Dictionary<string, double> { ["small"] = 0, ["large"] = 1, ["other"] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public void Prose_is_not_wrong_for_want_of_a_marked_answer() =>
        Scores(Asked(Said("small", 0, "The capital of France is Paris, on the Seine.")) with { Feedback = [Of("k1") with { CorrectAnswer = "Paris" }] }).ShouldBeEmpty();

    [Fact]
    public void A_score_goes_to_the_expert_that_was_finished_with_and_to_no_other() =>
        Scores(Asked(Said("small", 0, "a"), Said("large", 1, "b"), Finish(1)) with { Feedback = [Of("k1") with { Score = 1 }, Of("k2") with { Score = 0.5 }] })
            .ShouldBe(new Dictionary<string, double> { ["large"] = 0.75 });

    [Fact]
    public void A_streamed_answer_is_scored_although_its_text_is_unknown() =>
        Scores(Asked(Said("small", 0, null)) with { Feedback = [Of("k1") with { Score = 0 }] }).ShouldBe(new Dictionary<string, double> { ["small"] = 0 });

    [Fact]
    public void A_rejection_scores_zero_and_acceptance_nothing() =>
        Scores(Asked(Said("small", 0, "a"), Verified(0, false), Said("large", 1, "b"), Verified(1, true), Finish(1))).ShouldBe(new Dictionary<string, double> { ["small"] = 0 });

    [Fact]
    public void Beside_a_right_answer_others_are_compared_where_both_mark_theirs()
    {
        var right = Asked(Said("small", 0, "#### 4"), Finish(0)) with
        {
            Feedback = [Of("k1") with { Score = 1 }], Shadows = [Shadow("same", "The answer is 4.0"), Shadow("different", "#### 5"), Shadow("silent", "four, I think")],
        };
        Scores(right).ShouldBe(new Dictionary<string, double> { ["small"] = 1, ["same"] = 1, ["different"] = 0 }, ignoreOrder: true);
        Scores(right with { Feedback = [Of("k1") with { Score = 0.9 }] }).Keys.ShouldBe(["small"]);
    }

    [Fact]
    public void A_shadow_that_ended_for_its_length_is_left_out()
    {
        var right = Asked(Said("small", 0, "#### 4"), Finish(0)) with { Feedback = [Of("k1") with { CorrectAnswer = "4" }] };
        Scores(right with { Shadows = [Shadow("large", "#### 5") with { FinishReason = "stop" }] }).Keys.ShouldBe(["small", "large"], ignoreOrder: true);
        Scores(right with { Shadows = [Shadow("large", "#### 5") with { FinishReason = "length" }] }).Keys.ShouldBe(["small"]);
    }

    [Fact]
    public void Failed_and_cut_answers_are_left_out()
    {
        var failed = Said("small", 0, "The expert failed.") with { Error = "upstream_failed" };
        var cut = Said("large", 1, new string('x', 3_980) + " answer is 5" + new string(' ', 8));
        OutcomeDerivation.Derive(Asked(failed, cut) with { Feedback = [Of("k1") with { CorrectAnswer = "4" }] }, out var skipped).ShouldBeNull();
        skipped.ShouldBe(RowSkip.NoScore);
        OutcomeDerivation.Derive(Asked(failed), out skipped).ShouldBeNull();
        skipped.ShouldBe(RowSkip.NoAnswer);
        OutcomeDerivation.Derive(Asked(cut) with { Query = null }, out skipped).ShouldBeNull();
        skipped.ShouldBe(RowSkip.NoText);
    }

    [Fact]
    public void Of_two_answers_of_one_expert_the_first_of_the_strongest_evidence_counts()
    {
        var both = Asked(Said("small", 0, "#### 5"), Verified(0, false), Said("small", 1, "#### 4"), Finish(1));
        Scores(both with { Feedback = [Of("k1") with { Score = 1 }] }).ShouldBe(new Dictionary<string, double> { ["small"] = 1 });
        Scores(both with { Feedback = [Of("k1") with { CorrectAnswer = "4" }] }).ShouldBe(new Dictionary<string, double> { ["small"] = 0 });
    }

    [Fact]
    public void An_outcome_has_the_tokens_dollars_seconds_and_text_of_its_call()
    {
        var row = OutcomeDerivation.Derive(Asked(Said("small", 0, "#### 4")) with { Feedback = [Of("k1") with { CorrectAnswer = "4" }] }, out _)!;
        (row.Id, row.Prompt, row.Answer).ShouldBe(("traj_1", "2 + 2?", "4"));
        row.Outcomes["small"].ShouldBe(new(1) { InputTokens = 10, OutputTokens = 20, CostUsd = 0.0025m, LatencySeconds = 1.5, Response = "#### 4" });
    }

    private static Dictionary<string, double> Scores(Trajectory trajectory) =>
        OutcomeDerivation.Derive(trajectory, out _)?.Outcomes.ToDictionary(pair => pair.Key, pair => pair.Value.Score) ?? [];

    private static Trajectory Asked(params TrajectoryStep[] steps) => new()
    {
        Id = "traj_1", TenantId = "acme", KeyId = "k1", StartedAt = DateTimeOffset.UnixEpoch, Duration = TimeSpan.Zero, Model = "orchestra", Outcome = "answered", Query = "2 + 2?", Steps = steps,
    };

    private static TrajectoryStep Said(string expert, int id, string? text) => new()
    {
        Turn = 1, Move = "delegate", Target = expert, Reason = "", ObservationId = id, Observation = text, Usage = new TokenUsage(10, 20), Cost = new Money(2_500_000), Latency = TimeSpan.FromSeconds(1.5),
    };

    private static TrajectoryStep Verified(int id, bool accepted) =>
        new() { Turn = 1, Move = "verify", Target = $"observation {id}", Reason = "", Verdict = new Verdict(accepted, 0.9, "arithmetic", "") };

    private static TrajectoryStep Finish(int id) => new() { Turn = 1, Move = "finish", Target = $"observation {id}", Reason = "" };

    private static Feedback Of(string key) => new() { TrajectoryId = "traj_1", KeyId = key, GivenAt = DateTimeOffset.UnixEpoch };

    private static ShadowAnswer Shadow(string expert, string text) => new() { TrajectoryId = "traj_1", Expert = expert, Probability = 0.1, PaidBy = "lab", Text = text };
}
