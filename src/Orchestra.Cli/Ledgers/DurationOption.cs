using System.CommandLine;
using System.Globalization;

namespace Orchestra.Cli.Ledgers;

/// <summary>Options that take a duration such as <c>90d</c> or <c>12h</c>.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan> Create(string name, string description, TimeSpan least, TimeSpan most) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result =>
        {
            var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : string.Empty;
            if (TryParse(text, out var duration) && duration >= least && duration <= most)
                return duration;
            result.AddError($"{name} is '{text}'; it takes a duration such as 90d, 12h or 30m, from {Text(least)} to {Text(most)}.");
            return least;
        },
    };

    private static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length is < 2 or > 9 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var unit = text[^1] switch { 'd' => 86_400L, 'h' => 3_600L, 'm' => 60L, 's' => 1L, _ => 0L };
        duration = TimeSpan.FromSeconds(count * unit);
        return unit > 0;
    }

    private static string Text(TimeSpan duration) => duration.TotalDays >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalDays}d")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds}s");
}
