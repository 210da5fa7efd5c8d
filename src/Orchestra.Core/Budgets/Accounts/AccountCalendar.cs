namespace Orchestra.Core.Budgets.Accounts;

/// <summary>The calendar of a time zone: when hours, days, weeks and months begin. Times are milliseconds since 1970, UTC.</summary>
internal sealed class AccountCalendar(TimeZoneInfo zone)
{
    private const long Hour = 3_600_000;
    private WindowStarts _starts = new(long.MaxValue, 0, 0, 0);

    /// <summary>The zone's name.</summary>
    public string Zone => zone.Id;

    /// <summary>The entry that set the zone; 0 where none did.</summary>
    public long ChangedIn { get; init; }

    /// <summary>When the windows that hold a moment began. Within an hour nothing changes, so that one answer serves thousands of operations.</summary>
    public WindowStarts StartsAt(long now)
    {
        if (now < _starts.Hour || now - _starts.Hour >= Hour)
            _starts = Compute(now);
        return _starts;
    }

    /// <summary>When the present window ends; null where it never does or slides.</summary>
    public long? EndOf(BudgetWindow window, long now)
    {
        var starts = StartsAt(now);
        return window.Kind switch
        {
            BudgetWindowKind.Hourly => starts.Hour + Hour,
            BudgetWindowKind.Daily => Next(starts.Day, day => day.AddDays(1)),
            BudgetWindowKind.Weekly => Next(starts.Week, day => day.AddDays(7)),
            BudgetWindowKind.Monthly => Next(starts.Month, day => day.AddMonths(1)),
            _ => null,
        };
    }

    private WindowStarts Compute(long now)
    {
        var utc = DateTimeOffset.FromUnixTimeMilliseconds(now).UtcDateTime;
        var local = utc + zone.GetUtcOffset(utc);
        var day = local.Date;
        var hour = now - (((local - day).Ticks % TimeSpan.TicksPerHour) / TimeSpan.TicksPerMillisecond);
        return new(hour, StartOf(day), StartOf(day.AddDays(-(((int)day.DayOfWeek + 6) % 7))), StartOf(day.AddDays(1 - day.Day)));
    }

    private long Next(long start, Func<DateTime, DateTime> next)
    {
        var utc = DateTimeOffset.FromUnixTimeMilliseconds(start).UtcDateTime;
        return StartOf(next((utc + zone.GetUtcOffset(utc)).Date));
    }

    /// <summary>The first moment of a local day: where clocks go forward at midnight it begins later, where they go back at the earlier of two.</summary>
    private long StartOf(DateTime day)
    {
        var local = DateTime.SpecifyKind(day, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUnixTimeMilliseconds();
    }
}
