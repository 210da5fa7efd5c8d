using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using static Orchestra.Core.Tests.Conversations.ScriptedExpert;

namespace Orchestra.Core.Tests.Conversations.Shadows;

public sealed class ShadowCallsTests
{
    private static readonly Money Once = Money.FromDollars(0.00011m);
    private readonly ScriptedExpert _small = new("small", DollarAMillion);
    private readonly ScriptedExpert _large = new("large", DollarAMillion);

    [Fact]
    public async Task Another_experts_answer_is_stored_and_paid_by_the_shadow_tenant_alone()
    {
        await using var shadows = await LimitedAsync(lab: "1");
        shadows.Compare(1, experts: [_small, _large]);
        await shadows.Calls.StartAsync(default);

        await shadows.Bench.AskAsync("small");
        await Eventually.TrueAsync(() => shadows.Answers.Count == 1);

        var answer = shadows.Answers[0];
        (answer.TrajectoryId, answer.Expert, answer.PaidBy, answer.Probability).ShouldBe((shadows.Bench.Trajectories[0].Id, "large", "lab", 1));
        (answer.Text, answer.FinishReason, answer.Error, answer.Cost).ShouldBe(("answer of large", "stop", null, Once));
        await SpentAsync(shadows, acme: Once, lab: Once);
        shadows.Bench.Trajectories.ShouldHaveSingleItem().Cost.ShouldBe(Once);
        _small.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_streamed_query_is_compared_when_it_was_read_to_its_end()
    {
        await using var shadows = await LimitedAsync(lab: "1");
        var offers = shadows.Compare(1, experts: [_small, _large]);

        await foreach (var chunk in (await shadows.Bench.AskAsync("small", stream: true)).Stream!)
        {
            chunk.Events.IsEmpty.ShouldBeFalse();
            offers.Count.ShouldBe(0);
        }

        offers.Count.ShouldBe(1);
        await shadows.Calls.StartAsync(default);
        await Eventually.TrueAsync(() => shadows.Answers.Count == 1);
        shadows.Answers[0].Text.ShouldBe("answer of large");
    }

    [Fact]
    public async Task A_spent_budget_ends_comparisons_and_not_queries()
    {
        await using var shadows = await LimitedAsync(lab: "0.00012");
        var offers = shadows.Compare(1, experts: [_small, _large]);
        await shadows.Calls.StartAsync(default);
        await shadows.Bench.AskAsync("small");
        await Eventually.TrueAsync(() => shadows.Answers.Count == 1);
        var calls = _large.Calls.Count;

        for (var i = 0; i < 3; i++)
            (await shadows.Bench.AskAsync("small")).Experts.ShouldBe(["small"]);
        await Eventually.TrueAsync(() => offers.Count == 0);
        await shadows.Calls.StopAsync(default);

        shadows.Answers.Count.ShouldBe(1);
        _large.Calls.Count.ShouldBe(calls);
        shadows.Answers[0].Cost.ShouldBeInRange(Money.FromDollars(0.00005m), Money.FromDollars(0.00012m));
        await SpentAsync(shadows, acme: Money.FromDollars(0.00044m), lab: shadows.Answers[0].Cost);
    }

    [Fact]
    public async Task Nothing_is_asked_for_a_tenant_that_there_is_not()
    {
        await using var shadows = await LimitedAsync(lab: "1", hasTenant: false);
        var offers = shadows.Compare(1, experts: [_small, _large]);
        await shadows.Calls.StartAsync(default);

        await shadows.Bench.AskAsync("small");
        await Eventually.TrueAsync(() => offers.Count == 0);
        await shadows.Calls.StopAsync(default);

        _large.Calls.ShouldBeEmpty();
        shadows.Answers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Act.FailAfterCharging, true)]
    [InlineData(Act.Crash, false)]
    public async Task An_expert_that_fails_harms_neither_the_query_nor_the_next_comparison(Act act, bool isStored)
    {
        await using var shadows = await LimitedAsync(lab: "1");
        shadows.Compare(1, experts: [_small, new ScriptedExpert("large", DollarAMillion, act, Act.Answer)]);
        await shadows.Bench.AskAsync("small");
        await shadows.Bench.AskAsync("small");

        await shadows.Calls.StartAsync(default);
        await Eventually.TrueAsync(() => shadows.Answers.Count(answer => answer.Error is null) == 1);
        await shadows.Calls.StopAsync(default);

        shadows.Answers.Where(answer => answer.Error is not null).Select(answer => (answer.Error, answer.Text, answer.Usage)).ShouldBe(isStored ? [(ErrorCode.UpstreamFailed, null, null)] : []);
        await Eventually.TrueAsync(async () => Reserved(await shadows.Bench.StateAsync("lab")) == Money.Zero);
    }

    [Fact]
    public async Task A_stop_awaits_the_call_under_way_forgets_those_that_wait_and_cuts_it_off_when_the_time_is_over()
    {
        await using var shadows = await LimitedAsync(lab: "1");
        var hanging = new ScriptedExpert("large", DollarAMillion, Act.Hang);
        var offers = shadows.Compare(1, experts: [_small, hanging]);
        await shadows.Calls.StartAsync(default);
        for (var i = 0; i < 4; i++)
            await shadows.Bench.AskAsync("small");
        await Eventually.TrueAsync(() => hanging.Calls.Count == 2 && offers.Count == 2);

        using var time = new CancellationTokenSource();
        var stop = shadows.Calls.StopAsync(time.Token);
        offers.Count.ShouldBe(0);
        stop.IsCompleted.ShouldBeFalse();
        await time.CancelAsync();
        await stop;

        (hanging.Calls.Count, hanging.Cancelled).ShouldBe((2, 2));
        shadows.Answers.ShouldBeEmpty();
        await Eventually.TrueAsync(async () => Reserved(await shadows.Bench.StateAsync("lab")) == Money.Zero);
        await shadows.Bench.AskAsync("small");
        offers.Count.ShouldBe(0);
    }

    private static async Task<ShadowBench> LimitedAsync(string lab, bool hasTenant = true)
    {
        var shadows = await ShadowBench.CreateAsync(hasTenant: hasTenant);
        await shadows.Bench.LimitAsync("1");
        await shadows.Bench.LimitAsync(lab, "lab");
        return shadows;
    }

    private static async Task SpentAsync(ShadowBench shadows, Money acme, Money lab)
    {
        foreach (var (tenant, spent) in new[] { ("acme", acme), ("lab", lab) })
        {
            await Eventually.TrueAsync(async () => Reserved(await shadows.Bench.StateAsync(tenant)) == Money.Zero);
            (await shadows.Bench.StateAsync(tenant)).Find(BudgetScope.Tenant, BudgetWindow.Total)!.Spent.ShouldBe(spent);
        }
    }

    private static Money Reserved(AccountState state) => state.Find(BudgetScope.Tenant, BudgetWindow.Total)!.Reserved;
}
