using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Orchestra.Core.Experts.Calculator;

namespace Orchestra.Core.Tests.Experts.Calculator;

public sealed class CalculatorPropertyTests
{
    private static readonly string[] Pieces =
    [
        "1", "2", "0", "10", "3.5", "1,234", "1e9", "1e-300", "9^9", "+", "-", "*", "/", "^", "**", "%", "!", "(", ")", ",", "²", "√", " of ", " mod ", "pi", "e",
        "sqrt(", "ln(", "exp(", "sin(", "tan(", "log(", "log2(", "min(", "max(", "round(", "floor(", "gcd(", "lcm(", "cbrt(", "factorial(", "mean(", " ", "x", ".",
    ];

    [Property]
    public void Decimals_that_fit_give_what_decimal_gives(int a, int b, byte placesOfA, byte placesOfB, byte operation)
    {
        // Ten digits each: every operation below is exact in decimal.
        var x = (decimal)a / Power(placesOfA);
        var y = (decimal)b / Power(placesOfB);
        var (sign, expected) = (operation % 3) switch
        {
            0 => ("+", x + y),
            1 => ("-", x - y),
            _ => ("*", x * y),
        };
        var result = CalculatorEvaluator.Evaluate($"({Text(x)}) {sign} ({Text(y)})");
        result.IsExact.ShouldBeTrue();
        decimal.Parse(result.Text, CultureInfo.InvariantCulture).ShouldBe(expected);
    }

    [Property]
    public void Whole_numbers_divide_and_leave_what_they_should(int a, NonZeroInt b)
    {
        var quotient = CalculatorEvaluator.Evaluate($"floor({a} / {b.Get})").Value;
        var remainder = CalculatorEvaluator.Evaluate($"{a} mod ({b.Get})").Value;
        ((quotient * b.Get) + remainder).ShouldBe(a);
        if (remainder.Sign != 0)
            remainder.Sign.ShouldBe(Math.Sign(b.Get));
    }

    [Property]
    public void Roots_undo_powers_exactly(PositiveInt a, PositiveInt b, byte degree)
    {
        var n = (degree % 9) + 2;
        var value = Rational.Of(a.Get, b.Get);
        var result = CalculatorEvaluator.Evaluate($"(({value})^{n})^(1/{n})");
        result.IsExact.ShouldBeTrue();
        result.Value.ShouldBe(value);
    }

    [Property]
    public void A_value_that_is_almost_a_power_has_no_exact_root(PositiveInt a, byte degree)
    {
        var n = (degree % 9) + 2;
        CalculatorEvaluator.Evaluate($"(({a.Get + 1})^{n} + 1)^(1/{n})").IsExact.ShouldBeFalse();
    }

    [Property]
    public void Logarithms_of_powers_are_exact(PositiveInt b, int exponent)
    {
        var n = exponent % 100;
        var result = CalculatorEvaluator.Evaluate($"log(({b.Get + 1})^({n}), {b.Get + 1})");
        result.IsExact.ShouldBeTrue();
        result.Value.ShouldBe(n);
    }

    [Property(MaxTest = 500)]
    public void Any_text_gives_a_result_within_the_limits_or_the_typed_error(NonNull<string> text) => GivesResultOrTypedError(text.Get);

    [Property(MaxTest = 1000)]
    public Property Any_mixture_of_the_calculators_own_words_gives_a_result_within_the_limits_or_the_typed_error() =>
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), GivesResultOrTypedError);

    [Property(MaxTest = 300)]
    public Property Well_formed_expressions_keep_the_limits_too() =>
        Prop.ForAll(Gen.Sized(size => Tree(Math.Min(size, 40))).ToArbitrary(), GivesResultOrTypedError);

    [Property(MaxTest = 500)]
    public Property Nothing_that_is_read_as_a_question_fails_to_parse() =>
        Prop.ForAll(Gen.Elements([.. Pieces, "what is ", "squared", " plus ", " divided by ", "the square root of ", "?", " x ", "half of "]).ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            if (ArithmeticQuestion.TryRead(text, out var expression))
                ExpressionParser.Parse(expression).Computes.ShouldBeTrue();
        });

    private static void GivesResultOrTypedError(string text)
    {
        if (CalculatorEvaluator.TryEvaluate(text, out var result, out var error))
        {
            result.Value.Bits.ShouldBeLessThanOrEqualTo(CalculatorLimits.Bits + 128);
            result.Text.Length.ShouldBeInRange(1, 3_100);
            ClaimedValue.Compare(result, result.Text).ShouldBe(ClaimAgreement.Agrees);
        }
        else
        {
            error.ShouldNotBeEmpty();
        }
    }

    private static Gen<string> Tree(int size)
    {
        var leaf = Gen.Elements("0", "1", "2", "3", "10", "0.5", "1/3", "-4", "1e5", "pi", "e", "1000!", "2^9000");
        if (size <= 1)
            return leaf;
        var sub = Tree(size / 2);
        return Gen.OneOf(
            leaf,
            from a in sub from b in sub from o in Gen.Elements("+", "-", "*", "/", "^", " mod ") select $"({a}){o}({b})",
            from a in sub from f in Gen.Elements("sqrt", "cbrt", "abs", "ln", "exp", "sin", "cos", "tan", "log2", "floor", "ceil", "round", "factorial") select $"{f}({a})",
            from a in sub from b in sub from f in Gen.Elements("min", "max", "mod", "log", "gcd", "lcm", "mean") select $"{f}({a}, {b})",
            from a in sub from o in Gen.Elements("!", "%", "²") select $"({a}){o}");
    }

    private static decimal Power(byte places) => (decimal)BigInteger.Pow(10, places % 8);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
