using System.Collections.Frozen;
using System.Numerics;

namespace Orchestra.Core.Experts.Calculator;

/// <summary>The functions that expressions may call.</summary>
internal static class CalculatorFunctions
{
    private static readonly FrozenDictionary<string, CalculatorFunction> All = new Dictionary<string, CalculatorFunction>(StringComparer.Ordinal)
    {
        ["sqrt"] = One(Powers.Sqrt),
        ["cbrt"] = One((a, x, at) => Powers.Power(a, x, Rational.Of(1, 3), at)),
        ["pow"] = Two(Powers.Power),
        ["abs"] = One((_, x, _) => Arithmetic.Abs(x)),
        ["min"] = Many((a, all, _) => all.Aggregate((x, y) => a.Smaller(x, y))),
        ["max"] = Many((a, all, _) => all.Aggregate((x, y) => a.Smaller(x, y, -1))),
        ["sum"] = Many(Sum),
        ["mean"] = Many((a, all, at) => a.Divide(Sum(a, all, at), (Rational)all.Count, at)),
        ["average"] = Many((a, all, at) => a.Divide(Sum(a, all, at), (Rational)all.Count, at)),
        ["round"] = new(1, 2, (a, all, at) => a.Round(all[0], all.Count == 1 ? 0 : Digits(all[1], at), at)),
        ["floor"] = One((a, x, _) => (Rational)a.Floor(x)),
        ["ceil"] = One((a, x, _) => (Rational)a.Ceiling(x)),
        ["gcd"] = Many((_, all, at) => (Rational)all.Select(x => Whole(x, at)).Aggregate(BigInteger.GreatestCommonDivisor)),
        ["lcm"] = Many((_, all, at) => (Rational)all.Select(x => Whole(x, at)).Aggregate(BigInteger.One, (x, y) => LeastCommonMultiple(x, y, at))),
        ["mod"] = Two((a, x, y, at) => a.Remainder(x, y, at)),
        ["factorial"] = One((a, x, at) => a.Factorial(x, at)),
        ["exp"] = One((a, x, at) => a.Exp(x, at)),
        ["ln"] = One((a, x, at) => a.Ln(x, at)),
        ["log"] = new(1, 2, (a, all, at) => Powers.Log(a, all[0], all.Count == 1 ? (Rational)10 : all[1], at)),
        ["log10"] = One((a, x, at) => Powers.Log(a, x, (Rational)10, at)),
        ["log2"] = One((a, x, at) => Powers.Log(a, x, (Rational)2, at)),
        ["sin"] = One((a, x, at) => IsZero(x) ? Rational.Zero : Angle(a, x, at).Sine),
        ["cos"] = One((a, x, at) => IsZero(x) ? Rational.One : Angle(a, x, at).Cosine),
        ["tan"] = One(Tangent),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All names, for people.</summary>
    public static string Names { get; } = string.Join(", ", All.Keys.Order(StringComparer.Ordinal));

    public static bool Exists(string name) => All.ContainsKey(name);

    public static Quantity Apply(string name, Arithmetic arithmetic, IReadOnlyList<Quantity> arguments, int position)
    {
        var function = All[name];
        if (arguments.Count < function.MinArguments || arguments.Count > function.MaxArguments)
        {
            var counts = function.MinArguments == function.MaxArguments ? $"{function.MinArguments}" : $"{function.MinArguments} to {function.MaxArguments}";
            throw new CalculatorException(position, $"{name} takes {counts} argument(s), not {arguments.Count}. Commas inside its parentheses separate arguments.");
        }

        return function.Apply(arithmetic, arguments, position);
    }

    private static CalculatorFunction One(Func<Arithmetic, Quantity, int, Quantity> apply) => new(1, 1, (a, all, at) => apply(a, all[0], at));

    private static CalculatorFunction Two(Func<Arithmetic, Quantity, Quantity, int, Quantity> apply) => new(2, 2, (a, all, at) => apply(a, all[0], all[1], at));

    private static CalculatorFunction Many(Func<Arithmetic, IReadOnlyList<Quantity>, int, Quantity> apply) => new(1, CalculatorLimits.Tokens, apply);

    private static Quantity Sum(Arithmetic arithmetic, IReadOnlyList<Quantity> all, int position) =>
        all.Aggregate((x, y) => arithmetic.Add(x, y, position));

    private static bool IsZero(Quantity value) => value.Exact is { Sign: 0 };

    private static Quantity Tangent(Arithmetic arithmetic, Quantity angle, int position)
    {
        if (IsZero(angle))
            return Rational.Zero;
        var (sine, cosine) = Angle(arithmetic, angle, position);
        return arithmetic.Divide(sine, cosine, position);
    }

    private static (Enclosure Sine, Enclosure Cosine) Angle(Arithmetic arithmetic, Quantity angle, int position)
    {
        var enclosure = angle.Enclose(arithmetic.Bits);
        if (enclosure.Magnitude() > CalculatorLimits.AngleBits)
            throw new CalculatorException(position, "the angle is too large: 10^30 radians are the most.");
        return arithmetic.Series.SineCosine(enclosure);
    }

    private static BigInteger Whole(Quantity value, int position) =>
        value.Exact is { IsInteger: true } whole ? whole.Numerator : throw new CalculatorException(position, "gcd and lcm take whole numbers.");

    private static BigInteger LeastCommonMultiple(BigInteger left, BigInteger right, int position)
    {
        if (left.IsZero || right.IsZero)
            return BigInteger.Zero;
        Rational multiple = BigInteger.Abs(left / BigInteger.GreatestCommonDivisor(left, right) * right);
        return Bounded.Check(multiple, position).Numerator;
    }

    private static int Digits(Quantity value, int position) =>
        value.Exact is { IsInteger: true } whole && Rational.Abs(whole) <= CalculatorLimits.RoundingDigits
            ? (int)whole.Numerator
            : throw new CalculatorException(position, $"round takes a whole number of digits between -{CalculatorLimits.RoundingDigits} and {CalculatorLimits.RoundingDigits}.");
}
