using System.Globalization;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Admin;

/// <summary>When a raise ends: a moment, or the beginning of a day in the tenant's time zone.</summary>
internal static class RaiseEnd
{
    /// <summary>Reads a time with its offset, or a date.</summary>
    public static DateTimeOffset Read(BodyFields fields, string timeZone) =>
        DateOnly.TryParseExact(fields.Text("until", string.Empty), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? StartOf(day, TimeZoneInfo.FindSystemTimeZoneById(timeZone))
            : fields.Time("until", null) ?? throw OrchestraException.Invalid("until", "Say when the raise ends: a date such as \"2027-01-31\", or a time such as \"2027-01-31T18:00:00Z\".");

    /// <summary>Where clocks go forward at midnight the day begins later, where they go back at the earlier of two midnights.</summary>
    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }
}
