using System.Numerics;
using FsCheck.Xunit;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Experts;

namespace Orchestra.Core.Tests.Experts;

public class ExpertPriceTests
{
    [Fact]
    public void Prompt_answer_and_call_add_up()
    {
        var price = new ExpertPrice(Money.FromDollars(10), Money.FromDollars(30), Money.FromDollars(0.01m));

        price.CostOf(1_000, 100).ShouldBe(Money.FromDollars(0.01m + 0.01m + 0.003m));
        price.CostOf(new TokenUsage(1_000, 100)).ShouldBe(price.CostOf(1_000, 100));
        price.IsFree.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1_000_000, 1)]
    [InlineData(1_000_001, 2)]
    [InlineData(0, 0)]
    public void A_part_of_a_nano_dollar_counts_as_one(long tokens, long nanos) =>
        new ExpertPrice(new Money(1), Money.Zero, Money.Zero).CostOf(tokens, 0).ShouldBe(new Money(nanos));

    [Fact]
    public void The_parts_of_prompt_and_answer_are_rounded_together() =>
        new ExpertPrice(new Money(1), new Money(1), Money.Zero).CostOf(500_000, 500_000).ShouldBe(new Money(1));

    [Fact]
    public void A_free_expert_costs_nothing_whatever_it_used()
    {
        ExpertPrice.Free.IsFree.ShouldBeTrue();
        ExpertPrice.Free.CostOf(long.MaxValue, long.MaxValue).ShouldBe(Money.Zero);
        new ExpertPrice(Money.Zero, Money.Zero, new Money(1)).IsFree.ShouldBeFalse();
    }

    [Fact]
    public void A_cost_that_does_not_fit_is_the_largest_amount()
    {
        new ExpertPrice(Money.Max, Money.Max, Money.Max).CostOf(long.MaxValue, long.MaxValue).ShouldBe(Money.Max);
        new ExpertPrice(Money.Max, Money.Zero, Money.Zero).CostOf(1_000_001, 0).ShouldBe(Money.Max);
        new ExpertPrice(Money.Max, Money.Zero, Money.Zero).CostOf(1_000_000, 0).ShouldBe(Money.Max);
        new ExpertPrice(new Money(1_000_000), Money.Zero, new Money(2)).CostOf(long.MaxValue - 1, 0).ShouldBe(Money.Max);
    }

    [Fact]
    public void Fewer_than_no_tokens_earn_nothing()
    {
        var price = new ExpertPrice(Money.FromDollars(10), Money.FromDollars(30), new Money(5));

        price.CostOf(-1_000_000, -1).ShouldBe(new Money(5));
        price.CostOf(long.MinValue, 1_000_000).ShouldBe(Money.FromDollars(30) + new Money(5));
        new ExpertPrice(new Money(-5), Money.Zero, Money.Zero).CostOf(1_000_000_000, 0).ShouldBe(Money.Zero);
    }

    [Property(MaxTest = 1000)]
    public void The_cost_is_the_exact_sum_rounded_up(long input, long output, uint inputPrice, uint outputPrice, uint perCall)
    {
        var price = new ExpertPrice(new Money(inputPrice), new Money(outputPrice), new Money(perCall));

        var exact = (BigInteger.Max(0, input) * inputPrice) + (BigInteger.Max(0, output) * outputPrice);
        var nanos = BigInteger.Divide(exact + 999_999, 1_000_000) + perCall;
        price.CostOf(input, output).ShouldBe(nanos > long.MaxValue ? Money.Max : new Money((long)nanos));
    }

    [Property(MaxTest = 500)]
    public void More_tokens_never_cost_less(uint input, uint output, uint more, uint inputPrice, uint outputPrice)
    {
        var price = new ExpertPrice(new Money(inputPrice), new Money(outputPrice), Money.Zero);
        price.CostOf((long)input + more, output).ShouldBeGreaterThanOrEqualTo(price.CostOf(input, output));
        price.CostOf(input, (long)output + more).ShouldBeGreaterThanOrEqualTo(price.CostOf(input, output));
    }
}
