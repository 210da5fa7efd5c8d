using System.Globalization;
using System.Text;

namespace Orchestra.Gateway.Metrics;

/// <summary>Writes tags as labels: <c>expert="small",level="team"</c>, in the order of their names.</summary>
internal static class LabelSet
{
    /// <summary>What stands in for all label sets that found no room.</summary>
    public const string Overflow = "otel_metric_overflow=\"true\"";

    private const int MaxTags = 16;
    private const int MaxValueLength = 128;

    /// <summary>The labels; empty without tags. Tags beyond sixteen and characters of a value beyond 128 are left out.</summary>
    /// <param name="tags">The tags of a measurement.</param>
    public static string Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in tags[..Math.Min(tags.Length, MaxTags)])
        {
            var label = MetricName.Label(name);
            // Buckets own this name; and a name twice would cost the reader the whole page.
            labels.TryAdd(label == "le" ? "le_" : label, Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
        }

        var text = new StringBuilder();
        foreach (var (name, value) in labels)
            Escape(text.Append(text.Length == 0 ? string.Empty : ",").Append(name).Append("=\""), value).Append('"');
        return text.ToString();
    }

    private static StringBuilder Escape(StringBuilder text, string value)
    {
        foreach (var character in value.AsSpan(0, Math.Min(value.Length, MaxValueLength)))
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '"' => text.Append("\\\""),
                '\n' => text.Append(@"\n"),
                _ => text.Append(character),
            };
        }

        return text;
    }
}
