using FsCheck;
using FsCheck.Xunit;
using Orchestra.Core.Experts.Calculator;

namespace Orchestra.Core.Tests.Experts.Calculator;

public sealed class EnclosureTests
{
    private const int Few = 24;

    [Property]
    public void Operations_enclose_every_result_that_their_operands_allow(int a, NonZeroInt b, int c, NonZeroInt d, byte spread)
    {
        var (x, y) = (Rational.Of(a, b.Get), Rational.Of(c, d.Get));
        var (first, second) = (Wide(x, spread), Wide(y, spread));
        Holds(Enclosure.Add(first, second, Few), x + y);
        Holds(Enclosure.Multiply(first, second, Few), x * y);
        Holds(Enclosure.Add(first, second, Few), first.LowValue() + second.LowValue());
        Holds(Enclosure.Add(first, second, Few), first.HighValue() + second.HighValue());
        foreach (var left in new[] { first.LowValue(), x, first.HighValue() })
        {
            foreach (var right in new[] { second.LowValue(), y, second.HighValue() })
            {
                Holds(Enclosure.Multiply(first, second, Few), left * right);
                if (!second.HasZero)
                    Holds(Enclosure.Divide(first, second, Few), left / right);
            }
        }
    }

    [Property]
    public void A_root_encloses_the_roots_of_its_operand(PositiveInt a, PositiveInt b, byte spread)
    {
        var x = Wide(Rational.Of(a.Get, b.Get), spread);
        if (x.Low.Sign <= 0)
            return;
        var root = Enclosure.Sqrt(x, Few);
        (root.LowValue() * root.LowValue()).ShouldBeLessThanOrEqualTo(x.LowValue());
        (root.HighValue() * root.HighValue()).ShouldBeGreaterThanOrEqualTo(x.HighValue());
    }

    [Property]
    public void The_functions_of_few_bits_enclose_those_of_many(int a, PositiveInt b)
    {
        var x = Rational.Of(a % 1000, b.Get);
        var (few, many) = (new Transcendentals(Few), new Transcendentals(400));
        var (coarse, fine) = (Enclosure.Of(x, Few), Enclosure.Of(x, 400));
        if (x.Sign > 0)
            Holds(few.Ln(coarse), many.Ln(fine).MiddleValue());
        Holds(few.Exp(coarse), many.Exp(fine).MiddleValue());
        Holds(few.SineCosine(coarse).Sine, many.SineCosine(fine).Sine.MiddleValue());
        Holds(few.SineCosine(coarse).Cosine, many.SineCosine(fine).Cosine.MiddleValue());
        Holds(few.Pi(), many.Pi().MiddleValue());
    }

    [Property]
    public void The_functions_keep_their_identities(int a, PositiveInt b)
    {
        const int Bits = 300;
        var x = Rational.Of(a % 1000, b.Get);
        var series = new Transcendentals(Bits);
        var (sine, cosine) = series.SineCosine(Enclosure.Of(x, Bits));
        var one = Enclosure.Add(Enclosure.Multiply(sine, sine, Bits), Enclosure.Multiply(cosine, cosine, Bits), Bits);
        Holds(one, Rational.One);
        one.HighValue().ShouldBeLessThan(Rational.One + Rational.PowerOfTen(-80));
        var back = series.Ln(series.Exp(Enclosure.Of(x, Bits)));
        Holds(back, x);
        (back.HighValue() - back.LowValue()).ShouldBeLessThan(Rational.PowerOfTen(-80));
    }

    private static Enclosure Wide(Rational value, byte spread)
    {
        var enclosure = Enclosure.Of(value, Few);
        return enclosure with { Radius = enclosure.Radius + spread };
    }

    private static void Holds(Enclosure enclosure, Rational value)
    {
        enclosure.LowValue().ShouldBeLessThanOrEqualTo(value);
        enclosure.HighValue().ShouldBeGreaterThanOrEqualTo(value);
    }
}
