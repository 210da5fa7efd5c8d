using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestra.Gateway.Tests.Metrics;

/// <summary>Reads a page of Prometheus' text format as strictly as a scraper does: one break of a rule and the whole page is refused.</summary>
internal sealed partial class MetricsPage
{
    private readonly Dictionary<string, double> _samples = [];

    public Dictionary<string, string> Types { get; } = [];

    public Dictionary<string, string> Helps { get; } = [];

    /// <summary>The samples by name and labels, as written.</summary>
    public IReadOnlyDictionary<string, double> Samples => _samples;

    public double this[string sample] => _samples[sample];

    public static MetricsPage Parse(string text)
    {
        var page = new MetricsPage();
        string? family = null;
        text.ShouldEndWith("\n");
        foreach (var line in text.Split('\n')[..^1])
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                family = comment.Groups["name"].Value;
                var into = comment.Groups["what"].Value == "HELP" ? page.Helps : page.Types;
                into.TryAdd(family, comment.Groups["rest"].Value).ShouldBeTrue($"told twice: {line}");
                continue;
            }

            var sample = Sample().Match(line);
            sample.Success.ShouldBeTrue($"no sample: {line}");
            var name = sample.Groups["name"].Value;
            page.Types.ShouldContainKey(family!, line);
            (name == family || (page.Types[family!] == "histogram" && Suffix().Replace(name, string.Empty) == family)).ShouldBeTrue($"in the family {family}: {line}");
            Label().Matches(sample.Groups["labels"].Value).Select(label => label.Groups["name"].Value).ShouldBeUnique();
            page._samples.TryAdd(name + sample.Groups["set"].Value, Number(sample.Groups["value"].Value)).ShouldBeTrue($"twice: {line}");
        }

        return page;
    }

    /// <summary>The samples of a metric, with their labels.</summary>
    public IEnumerable<string> SamplesOf(string name) => _samples.Keys.Where(sample => sample == name || sample.StartsWith(name + "{", StringComparison.Ordinal));

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("^# (?<what>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) ?(?<rest>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<set>\{(?<labels>[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\\\|\\"|\\n)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\\\|\\"|\\n)*")*)\})? (?<value>[-+0-9.eE]+|NaN|[+-]Inf)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="([^"\\]|\\\\|\\"|\\n)*",?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}
