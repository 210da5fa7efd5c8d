using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Experts.Calculator;

namespace Orchestra.Core.Tests.Experts.Calculator;

public sealed class ClaimedValueTests
{
    [Theory]
    [InlineData("1/3", "0.33")]
    [InlineData("1/3", "0.3")]
    [InlineData("1/3", "0.333333333333333333333333333333333333")]
    [InlineData("1/3", "1/3")]
    [InlineData("1/3", "2/6")]
    [InlineData("1/3", "33%")]
    [InlineData("1/3", "33.3 %")]
    [InlineData("2/3", "0.67.")]
    [InlineData("-2/3", "-0.67")]
    [InlineData("-2/3", "−0.67")]
    [InlineData("0.1 + 0.2", "0.3")]
    [InlineData("0.1 + 0.2", "0.30")]
    [InlineData("0.1 + 0.2", "= 3/10")]
    [InlineData("2.5", "2.5")]
    [InlineData("12.345", "12.35")]
    [InlineData("12.345", "12.34")]
    [InlineData("1234567", "1,234,567")]
    [InlineData("123456.7", "1.2e5")]
    [InlineData("10/3", "≈ 3")]
    [InlineData("10/3", "about 3")]
    [InlineData("10/3", "~3.3")]
    [InlineData("exp(10)", "22026")]
    [InlineData("sqrt(2)", "1.41")]
    [InlineData("sqrt(2)", "sqrt(2)")]
    [InlineData("sqrt(2)", "2^0.5")]
    [InlineData("sqrt(2)", "1.4142135623730950488016887242096980785696718")]
    [InlineData("3/7 * 12.5%", "3/56 (≈ 0.0535714285714)")]
    [InlineData("2^10", "1024")]
    public void A_claim_that_is_the_value_or_its_rounding_agrees(string expression, string claim) =>
        ClaimedValue.Compare(CalculatorEvaluator.Evaluate(expression), claim).ShouldBe(ClaimAgreement.Agrees);

    [Theory]
    [InlineData("1/3", "0.34")]
    [InlineData("1/3", "0.334")]
    [InlineData("1/3", "34%")]
    [InlineData("2/3", "0.66")]
    [InlineData("0.1 + 0.2", "0.30000000000000004")]
    [InlineData("10/3", "3")]
    [InlineData("10/3", "≈ 4")]
    [InlineData("7 * 8", "54")]
    [InlineData("7 * 8", "56.1")]
    [InlineData("7 * 8", "-56")]
    [InlineData("1/3", "1/4")]
    [InlineData("sqrt(2)", "1.42")]
    [InlineData("exp(10)", "22027")]
    [InlineData("1234567", "1,234,568")]
    public void Any_other_number_contradicts(string expression, string claim)
    {
        ClaimedValue.Compare(CalculatorEvaluator.Evaluate(expression), claim).ShouldBe(ClaimAgreement.Contradicts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a lot")]
    [InlineData("12 apples")]
    [InlineData("1,23")]
    [InlineData("1/0")]
    [InlineData("≈")]
    [InlineData("-")]
    [InlineData("%")]
    [InlineData("1e999999999999")]
    public void What_is_no_value_says_nothing(string claim) =>
        ClaimedValue.Compare(CalculatorEvaluator.Evaluate("1/3"), claim).ShouldBe(ClaimAgreement.Unreadable);

    [Property]
    public void Every_rounding_of_a_fraction_agrees_and_its_neighbours_do_not(int numerator, NonZeroInt denominator, byte places)
    {
        var value = Rational.Of(numerator, denominator.Get);
        var result = CalculatorEvaluator.Evaluate($"({numerator})/({denominator.Get})");
        var shown = (places % 10) + 1;
        var unit = Rational.PowerOfTen(-shown);
        var rounded = (value / unit).Round() * unit;
        ClaimedValue.Compare(result, Decimal(rounded, shown)).ShouldBe(ClaimAgreement.Agrees);
        ClaimedValue.Compare(result, Decimal(rounded + (unit * 2), shown)).ShouldBe(ClaimAgreement.Contradicts);
        ClaimedValue.Compare(result, Decimal(rounded - (unit * 2), shown)).ShouldBe(ClaimAgreement.Contradicts);
    }

    [Property]
    public void No_claim_is_too_strange(NonNull<string> claim) =>
        Enum.IsDefined(ClaimedValue.Compare(CalculatorEvaluator.Evaluate("22/7"), claim.Get)).ShouldBeTrue();

    private static string Decimal(Rational value, int places)
    {
        var digits = (Rational.Abs(value) * Rational.PowerOfTen(places)).Floor().ToString().PadLeft(places + 1, '0');
        return $"{(value.Sign < 0 ? "-" : string.Empty)}{digits[..^places]}.{digits[^places..]}";
    }
}
