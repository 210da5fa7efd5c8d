namespace Orchestra.Core.Experts.Calculator;

/// <summary>A value on the way: exact, or an enclosure of what it is.</summary>
internal readonly record struct Quantity
{
    private readonly Enclosure _enclosure;

    public Quantity(Rational exact) => Exact = exact;

    public Quantity(Enclosure enclosure) => _enclosure = enclosure;

    /// <summary>The value; null where it is known only approximately.</summary>
    public Rational? Exact { get; }

    public static implicit operator Quantity(Rational exact) => new(exact);

    public static implicit operator Quantity(Enclosure enclosure) => new(enclosure);

    public Enclosure Enclose(int bits) => Exact is { } exact ? Enclosure.Of(exact, bits) : _enclosure;

    /// <summary>The least that it may be.</summary>
    public Rational Low() => Exact ?? _enclosure.LowValue();

    /// <summary>The most that it may be.</summary>
    public Rational High() => Exact ?? _enclosure.HighValue();
}
