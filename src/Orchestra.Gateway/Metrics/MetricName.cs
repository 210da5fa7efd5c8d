using System.Text;

namespace Orchestra.Gateway.Metrics;

/// <summary>Turns the names of instruments and tags into those that Prometheus takes.</summary>
internal static class MetricName
{
    private const int MaxLength = 128;

    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["bytes"] = "bytes",
        ["%"] = "percent",
    };

    /// <summary>The metric's name: letters, digits and underscores, the unit at its end, and <c>_total</c> after that where it counts.</summary>
    public static string Of(string instrument, string? unit, MetricKind kind)
    {
        var name = Label(instrument);
        var counts = kind is MetricKind.Counter or MetricKind.ObservedCounter;
        if (counts && name.EndsWith("_total", StringComparison.Ordinal))
            name = name[..^"_total".Length];
        if (unit is not null && Units.TryGetValue(unit, out var suffix) && !name.EndsWith("_" + suffix, StringComparison.Ordinal))
            name = $"{name}_{suffix}";
        return counts ? name + "_total" : name;
    }

    /// <summary>A label's name: runs of anything but letters and digits become one underscore.</summary>
    public static string Label(string tag)
    {
        var name = new StringBuilder();
        foreach (var character in tag.AsSpan(0, Math.Min(tag.Length, MaxLength)))
        {
            if (char.IsAsciiLetterOrDigit(character))
                name.Append(character);
            else if (name.Length == 0 || name[^1] != '_')
                name.Append('_');
        }

        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
            name.Insert(0, '_');
        return name.ToString();
    }
}
