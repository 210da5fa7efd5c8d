using System.Buffers;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Orchestra.Core.Budgets;

/// <summary>An amount of money in whole nano-dollars (10⁻⁹ USD); arithmetic is checked and exact.</summary>
/// <param name="Nanos">Nano-dollars; up to about ±9.2 billion dollars.</param>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(long Nanos) : IComparable<Money>
{
    /// <summary>Nano-dollars in a dollar.</summary>
    public const long NanosPerDollar = 1_000_000_000;

    /// <summary>No money.</summary>
    public static readonly Money Zero;

    /// <summary>The largest amount.</summary>
    public static readonly Money Max = new(long.MaxValue);

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create("+-.0123456789");

    /// <summary>Whether this is no money at all.</summary>
    public bool IsZero => Nanos == 0;

    /// <inheritdoc/>
    public int CompareTo(Money other) => Nanos.CompareTo(other.Nanos);

    /// <summary>Sum; throws <see cref="OverflowException"/> where it does not fit.</summary>
    public static Money operator +(Money a, Money b) => new(checked(a.Nanos + b.Nanos));

    /// <summary>Difference; throws <see cref="OverflowException"/> where it does not fit.</summary>
    public static Money operator -(Money a, Money b) => new(checked(a.Nanos - b.Nanos));

    /// <summary>Order.</summary>
    public static bool operator <(Money a, Money b) => a.Nanos < b.Nanos;

    /// <summary>Order.</summary>
    public static bool operator >(Money a, Money b) => a.Nanos > b.Nanos;

    /// <summary>Order.</summary>
    public static bool operator <=(Money a, Money b) => a.Nanos <= b.Nanos;

    /// <summary>Order.</summary>
    public static bool operator >=(Money a, Money b) => a.Nanos >= b.Nanos;

    /// <summary>The smaller of the two.</summary>
    public static Money Min(Money a, Money b) => a < b ? a : b;

    /// <summary>The larger of the two.</summary>
    public static Money Larger(Money a, Money b) => a > b ? a : b;

    /// <summary>Exactly this many dollars; throws <see cref="OverflowException"/> for a fraction of a nano-dollar or an amount that does not fit.</summary>
    public static Money FromDollars(decimal dollars)
    {
        var nanos = dollars * NanosPerDollar;
        return nanos == decimal.Truncate(nanos)
            ? new Money(decimal.ToInt64(nanos))
            : throw new OverflowException("An amount of money has at most nine decimal places.");
    }

    /// <summary>Reads a plain decimal number of dollars, such as <c>12.5</c>; no exponent, no separators, at most nine decimal places.</summary>
    public static bool TryParse(string? text, out Money money)
    {
        money = Zero;
        if (text is null || text.Length > 24 || text.AsSpan().ContainsAnyExcept(PlainCharacters) ||
            !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars))
            return false;
        if (decimal.Abs(dollars) > (long.MaxValue / NanosPerDollar) + 1)
            return false;
        var nanos = dollars * NanosPerDollar;
        if (nanos != decimal.Truncate(nanos) || nanos is > long.MaxValue or < long.MinValue)
            return false;
        money = new Money(decimal.ToInt64(nanos));
        return true;
    }

    /// <summary>The exact number of dollars as a decimal string without superfluous zeros, such as <c>0.00255</c>.</summary>
    public override string ToString() => ((decimal)Nanos / NanosPerDollar).ToString("0.#########", CultureInfo.InvariantCulture);
}
