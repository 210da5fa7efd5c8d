using System.Globalization;

namespace Orchestra.Core.Budgets.Reports;

/// <summary>Reads the dates and times that reports are asked for.</summary>
public static class ReportTime
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads an ISO 8601 date, which is its first moment, or time; UTC unless it has an offset.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>Reads a day such as <c>2026-03-01</c>.</summary>
    public static bool TryParseDay(string? text, out DateOnly day) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
