using FsCheck.Xunit;
using Orchestra.Core.Budgets;

namespace Orchestra.Core.Tests.Budgets;

public class MoneyTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("12.5", 12_500_000_000)]
    [InlineData("+12.50", 12_500_000_000)]
    [InlineData("0.000000001", 1)]
    [InlineData("-0.000000001", -1)]
    [InlineData(".5", 500_000_000)]
    [InlineData("5.", 5_000_000_000)]
    [InlineData("0.1000000000", 100_000_000)]
    [InlineData("9223372036.854775807", long.MaxValue)]
    [InlineData("-9223372036.854775808", long.MinValue)]
    public void Plain_decimals_are_read_exactly(string text, long nanos)
    {
        Money.TryParse(text, out var money).ShouldBeTrue();
        money.ShouldBe(new Money(nanos));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData(" 5")]
    [InlineData("5 ")]
    [InlineData("5\0")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("$5")]
    [InlineData("(5)")]
    [InlineData("5-")]
    [InlineData("--5")]
    [InlineData("1.2.3")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData("٥")]
    [InlineData("0x10")]
    [InlineData("0.0000000001")]
    [InlineData("9223372036.854775808")]
    [InlineData("-9223372036.854775809")]
    [InlineData("9223372037")]
    [InlineData("99999999999999999999999")]
    [InlineData("-99999999999999999999999")]
    [InlineData("0.00000000000000000000000000001")]
    [InlineData("100000000000000000000000000000000000000")]
    public void What_is_no_exact_amount_is_refused(string? text)
    {
        Money.TryParse(text, out var money).ShouldBeFalse();
        money.ShouldBe(Money.Zero);
    }

    [Property(MaxTest = 1000)]
    public void What_is_printed_is_read_back(long nanos)
    {
        Money.TryParse(new Money(nanos).ToString(), out var money).ShouldBeTrue();
        money.ShouldBe(new Money(nanos));
    }

    [Property(MaxTest = 300)]
    public void No_text_breaks_the_reading(string? text)
    {
        if (Money.TryParse(text, out var money))
            money.ToString().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(2_550_000, "0.00255")]
    [InlineData(-500_000_000, "-0.5")]
    [InlineData(100_000_000_000, "100")]
    [InlineData(long.MaxValue, "9223372036.854775807")]
    [InlineData(long.MinValue, "-9223372036.854775808")]
    public void An_amount_is_printed_without_superfluous_zeros(long nanos, string text) => new Money(nanos).ToString().ShouldBe(text);

    [Fact]
    public void Arithmetic_beyond_the_limits_throws_instead_of_wrapping()
    {
        Should.Throw<OverflowException>(() => Money.Max + new Money(1));
        Should.Throw<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Should.Throw<OverflowException>(() => Money.Zero - new Money(long.MinValue));
        (Money.Max - Money.Max).IsZero.ShouldBeTrue();
    }

    [Fact]
    public void Dollars_are_taken_exactly_or_not_at_all()
    {
        Money.FromDollars(0.24m).ShouldBe(new Money(240_000_000));
        Money.FromDollars(9223372036.854775807m).ShouldBe(Money.Max);
        Should.Throw<OverflowException>(() => Money.FromDollars(9223372036.854775808m));
        Should.Throw<OverflowException>(() => Money.FromDollars(decimal.MaxValue));
        Should.Throw<OverflowException>(() => Money.FromDollars(decimal.MinValue));
        Should.Throw<OverflowException>(() => Money.FromDollars(0.0000000001m));
        Should.Throw<OverflowException>(() => Money.FromDollars(7.0000000000000000000000000001m));
    }

    [Property(MaxTest = 500)]
    public void Order_is_that_of_the_numbers(long a, long b)
    {
        var (x, y) = (new Money(a), new Money(b));
        (x < y).ShouldBe(a < b);
        (x >= y).ShouldBe(a >= b);
        x.CompareTo(y).ShouldBe(a.CompareTo(b));
        Money.Min(x, y).Nanos.ShouldBe(Math.Min(a, b));
        Money.Larger(x, y).Nanos.ShouldBe(Math.Max(a, b));
    }
}
