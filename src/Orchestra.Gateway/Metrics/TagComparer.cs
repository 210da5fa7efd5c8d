using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Orchestra.Gateway.Metrics;

/// <summary>Compares tags of measurements in any order, and without copying those that are looked up.</summary>
internal sealed class TagComparer : IEqualityComparer<Tag[]>, IAlternateEqualityComparer<ReadOnlySpan<Tag>, Tag[]>
{
    public static readonly TagComparer Instance = new();

    private TagComparer()
    {
    }

    public bool Equals(Tag[]? x, Tag[]? y) => ReferenceEquals(x, y) || (x is not null && y is not null && Equals(x.AsSpan(), y));

    public int GetHashCode(Tag[] obj) => GetHashCode(obj.AsSpan());

    public Tag[] Create(ReadOnlySpan<Tag> alternate) => alternate.ToArray();

    public bool Equals(ReadOnlySpan<Tag> alternate, Tag[] other)
    {
        if (alternate.Length != other.Length)
            return false;
        for (var i = 0; i < alternate.Length; i++)
        {
            // Nearly always in the same order.
            if (!Same(alternate[i], other[i]) && !Contains(other, alternate[i]))
                return false;
        }

        return true;
    }

    public int GetHashCode(ReadOnlySpan<Tag> alternate)
    {
        var hash = 0;
        foreach (var (name, value) in alternate)
            hash += HashCode.Combine(name, value);
        return hash;
    }

    private static bool Contains(Tag[] tags, in Tag wanted)
    {
        foreach (var tag in tags)
        {
            if (Same(tag, wanted))
                return true;
        }

        return false;
    }

    private static bool Same(in Tag x, in Tag y) => x.Key == y.Key && Equals(x.Value, y.Value);
}
