using System.Numerics;
using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Experts.Calculator;

namespace Orchestra.Core.Tests.Experts.Calculator;

public sealed class RationalTests
{
    [Property]
    public void Addition_and_multiplication_form_a_field(int a, NonZeroInt b, int c, NonZeroInt d, int e, NonZeroInt f)
    {
        var (x, y, z) = (Rational.Of(a, b.Get), Rational.Of(c, d.Get), Rational.Of(e, f.Get));
        (x + y).ShouldBe(y + x);
        (x * y).ShouldBe(y * x);
        (x + y + z).ShouldBe(x + (y + z));
        (x * y * z).ShouldBe(x * (y * z));
        (x * (y + z)).ShouldBe((x * y) + (x * z));
        (x + Rational.Zero).ShouldBe(x);
        (x * Rational.One).ShouldBe(x);
        (x - x).ShouldBe(Rational.Zero);
        if (y.Sign != 0)
            (x / y * y).ShouldBe(x);
    }

    [Property]
    public void A_fraction_is_reduced_and_its_denominator_positive(int a, NonZeroInt b, NonZeroInt factor)
    {
        var x = Rational.Of(a, b.Get);
        x.Denominator.Sign.ShouldBe(1);
        BigInteger.GreatestCommonDivisor(x.Numerator, x.Denominator).ShouldBe(BigInteger.One);
        Rational.Of((BigInteger)a * factor.Get, (BigInteger)b.Get * factor.Get).ShouldBe(x);
    }

    [Property]
    public void Order_floor_and_rounding_fit_together(int a, NonZeroInt b, int c, NonZeroInt d)
    {
        var (x, y) = (Rational.Of(a, b.Get), Rational.Of(c, d.Get));
        (x < y).ShouldBe((y - x).Sign > 0);
        (x >= y).ShouldBe(!(x < y));
        (x <= y).ShouldBe(!(x > y));
        Rational floor = x.Floor();
        floor.ShouldBeLessThanOrEqualTo(x);
        (floor + 1).ShouldBeGreaterThan(x);
        Rational.Abs(x - x.Round()).ShouldBeLessThanOrEqualTo(Rational.Of(1, 2));
        (-x).Round().ShouldBe(-x.Round());
    }

    [Property]
    public void What_is_printed_reads_as_the_same_value(int a, NonZeroInt b, int exponent)
    {
        var x = Rational.Of(a, b.Get) * Rational.PowerOfTen(exponent % 40);
        CalculatorEvaluator.Evaluate(x.ToString()).Value.ShouldBe(x);
        var result = CalculatorEvaluator.Evaluate(x.ToString());
        var text = result.Text.Split(" (≈")[0];
        if (!text.StartsWith('≈'))
            CalculatorEvaluator.Evaluate(text).Value.ShouldBe(x);
    }

    [Fact]
    public void Division_by_zero_is_told()
    {
        Should.Throw<DivideByZeroException>(() => Rational.Of(1, 0));
        Should.Throw<DivideByZeroException>(() => Rational.One / Rational.Zero);
        Should.Throw<DivideByZeroException>(() => Rational.Pow(Rational.Zero, -1));
    }
}
