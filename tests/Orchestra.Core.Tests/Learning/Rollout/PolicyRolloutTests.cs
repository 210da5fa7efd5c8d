using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Core.Tests.Learning.Rollout;

public sealed class PolicyRolloutTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_policy_goes_from_shadow_to_canary_to_all_and_back()
    {
        var first = PolicyRollout.None.Promote("a", Now);
        var shadow = first.Shadow("b", Now);
        (shadow.Active, shadow.Candidate, shadow.Stage).ShouldBe(("a", "b", RolloutStage.Shadow));
        var canary = shadow.Canary("b", 0.05, Now.AddHours(1));
        (canary.Candidate, canary.Stage, canary.Share, canary.Since).ShouldBe(("b", RolloutStage.Canary, 0.05, Now.AddHours(1)));
        var all = canary.Promote("b", Now);
        (all.Active, all.Candidate, all.Previous, all.Share, all.Version).ShouldBe(("b", null, "a", 0, 4));
        var back = all.Rollback(Now);
        (back.Active, back.Previous, back.Version).ShouldBe(("a", null, 5));
    }

    [Fact]
    public void A_rollback_takes_the_candidate_away_before_it_touches_what_serves()
    {
        var rollout = PolicyRollout.None.Promote("a", Now).Canary("b", 1, Now).Rollback(Now);
        (rollout.Active, rollout.Candidate, rollout.CanGoBack).ShouldBe(("a", null, true));
        rollout.Rollback(Now).Active.ShouldBeNull("Before the first policy the fallback served.");
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var active = PolicyRollout.None.Promote("a", Now);
        foreach (var change in new Action[] { () => active.Shadow("a", Now), () => active.Canary("a", 0.5, Now), () => active.Promote("a", Now), () => PolicyRollout.None.Rollback(Now) })
            Should.Throw<OrchestraException>(change).Code.ShouldBe(ErrorCode.Conflict);
        foreach (var share in new[] { 0, -1, 1.01, double.NaN, double.PositiveInfinity })
            Should.Throw<OrchestraException>(() => active.Canary("b", share, Now)).Param.ShouldBe("share");
    }
}
