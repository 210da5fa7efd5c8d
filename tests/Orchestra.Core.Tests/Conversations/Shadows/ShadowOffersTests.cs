using Orchestra.Core.Errors;
using static Orchestra.Core.Tests.Conversations.ScriptedExpert;

namespace Orchestra.Core.Tests.Conversations.Shadows;

public sealed class ShadowOffersTests
{
    private readonly ScriptedExpert _small = new("small", DollarAMillion);
    private readonly ScriptedExpert _large = new("large", DollarAMillion);
    private readonly ScriptedExpert _other = new("other", DollarAMillion);

    [Fact]
    public async Task A_share_of_nothing_compares_nothing()
    {
        await using var shadows = await ShadowBench.CreateAsync();
        var offers = shadows.Compare(0, experts: [_small, _large]);
        for (var i = 0; i < 20; i++)
            await shadows.Bench.AskAsync("small");
        offers.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_share_of_the_queries_is_drawn_among_the_experts_that_were_not_asked_with_its_probability()
    {
        await using var shadows = await ShadowBench.CreateAsync();
        var offers = shadows.Compare(0.5, queued: 1_000, experts: [_small, _large, _other]);
        for (var i = 0; i < 200; i++)
            await shadows.Bench.AskAsync("small");

        offers.Count.ShouldBeInRange(70, 130);
        var drawn = new List<(string Expert, double Probability)>();
        while (offers.Count > 0 && await offers.TakeAsync() is { } offer)
            drawn.Add((offer.Expert.Name, offer.Probability));
        drawn.Distinct().ShouldBe([("large", 0.25), ("other", 0.25)], ignoreOrder: true);
    }

    [Fact]
    public async Task No_more_wait_than_may_and_queries_do_not()
    {
        await using var shadows = await ShadowBench.CreateAsync();
        var offers = shadows.Compare(1, queued: 2, experts: [_small, _large]);
        for (var i = 0; i < 5; i++)
            (await shadows.Bench.AskAsync("small")).Experts.ShouldBe(["small"]);
        offers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_expert_that_the_client_may_not_use_is_never_drawn()
    {
        await using var shadows = await ShadowBench.CreateAsync(allowed: new HashSet<string> { "small", "other" });
        var offers = shadows.Compare(1, experts: [_small, _large, _other]);
        for (var i = 0; i < 10; i++)
            await shadows.Bench.AskAsync("small");
        offers.Count.ShouldBe(10);
        while (offers.Count > 0 && await offers.TakeAsync() is { } offer)
        {
            (offer.Expert.Name, offer.Probability).ShouldBe(("other", 1));
            (offer.Query.Caller.TenantId, offer.Query.Caller.MayUse("large")).ShouldBe(("lab", false));
        }
    }

    [Theory]
    [InlineData("\"temperature\":0.5", 1, 1)]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}]", 1, 0)]
    [InlineData("\"audio\":{\"voice\":\"alloy\"}", 1, 0)]
    [InlineData("\"temperature\":0.5", 2, 0)]
    public async Task Requests_with_tools_sound_or_several_choices_are_not_compared(string field, int choices, int compared)
    {
        await using var shadows = await ShadowBench.CreateAsync();
        var offers = shadows.Compare(1, experts: [_small, _large]);
        await shadows.Bench.AskAsync("small", n: choices, more: field);
        offers.Count.ShouldBe(compared);
    }

    [Theory]
    [InlineData(60_000, 1)]
    [InlineData(70_000, 0)]
    public async Task Large_requests_are_not_compared(int characters, int compared)
    {
        await using var shadows = await ShadowBench.CreateAsync();
        var offers = shadows.Compare(1, experts: [_small, _large]);
        await shadows.Bench.AskAsync("small", more: $"\"user\":\"{new string('x', characters)}\"");
        offers.Count.ShouldBe(compared);
    }

    [Fact]
    public async Task A_query_without_an_answer_or_without_another_expert_is_not_compared()
    {
        await using var shadows = await ShadowBench.CreateAsync();
        var alone = shadows.Compare(1, experts: [_small]);
        await shadows.Bench.AskAsync("small");
        alone.Count.ShouldBe(0);
        await shadows.Calls.DisposeAsync();

        var failed = shadows.Compare(1, experts: [new ScriptedExpert("small", DollarAMillion, Act.Fail), _large]);
        await Should.ThrowAsync<OrchestraException>(() => shadows.Bench.AskAsync("small"));
        failed.Count.ShouldBe(0);
    }
}
