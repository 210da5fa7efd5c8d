namespace Orchestra.Core.Budgets.Accounts;

/// <summary>The calendar of a time zone: when hours, days, weeks and months begin. Times are milliseconds since 1970, UTC.</summary>
/// <remarks>
/// A day begins when the local date first reaches it, and ends when the next one begins, so that days follow on each other without gap or overlap: where
/// midnight does not exist, where it comes twice, and where a whole day is left out. Only the way from UTC to local time is used; it has one answer.
/// </remarks>
/// <param name="zone">The time zone.</param>
/// <param name="since">When the account began to use it.</param>
internal sealed class AccountCalendar(TimeZoneInfo zone, long since = long.MinValue)
{
    private const long Quarter = 900_000;
    private const long Hour = 4 * Quarter;
    private const long Day = 24 * Hour;
    private const long LargestOffset = 15 * Hour;
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
    private WindowStarts _starts;
    private long _until = long.MinValue;

    /// <summary>The zone's name.</summary>
    public string Zone => zone.Id;

    /// <summary>The entry that set the zone; 0 where none did.</summary>
    public long ChangedIn { get; init; }

    /// <summary>When the account began to use it.</summary>
    public long Since => since;

    /// <summary>When the windows that hold a moment began. Within an hour nothing changes, so that one answer serves thousands of operations.</summary>
    public ref readonly WindowStarts StartsAt(long now)
    {
        if (now < _starts.Hour || now >= _until)
        {
            _starts = Compute(now);
            _until = EndOfHour(now);
        }

        return ref _starts;
    }

    /// <summary>When the present window ends; null where it never does or slides.</summary>
    public long? EndOf(BudgetWindow window, long now) => window.Kind switch
    {
        BudgetWindowKind.Hourly => EndOfHour(now),
        BudgetWindowKind.Daily => StartOf(DayOf(now) + Day),
        BudgetWindowKind.Weekly => StartOf(MondayOf(DayOf(now)) + (7 * Day)),
        BudgetWindowKind.Monthly => StartOf(MonthOf(DayOf(now), 1)),
        _ => null,
    };

    private static long Remainder(long value, long divisor) => ((value % divisor) + divisor) % divisor;

    // The first of January 1970 was a Thursday.
    private static long MondayOf(long day) => day - Remainder(day + (3 * Day), 7 * Day);

    private static long MonthOf(long day, int later)
    {
        var date = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(day, First, Last)).UtcDateTime;
        return new DateTimeOffset(new DateTime(date.Year, date.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(later)).ToUnixTimeMilliseconds();
    }

    private WindowStarts Compute(long now)
    {
        var day = DayOf(now);
        return new(StartOfHour(now), StartOf(day), StartOf(MondayOf(day)), StartOf(MonthOf(day, 0)), since);
    }

    private long OffsetAt(long utc) => zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(utc, First, Last))).Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>The latest day that has begun, as the midnight of its date in UTC; clocks that go back over midnight do not bring back the day before.</summary>
    private long DayOf(long now)
    {
        var local = now + OffsetAt(now);
        var day = local - Remainder(local, Day);
        return StartOf(day + Day) <= now ? day + Day : day;
    }

    private long StartOfHour(long now)
    {
        var offset = OffsetAt(now);
        var start = now - Remainder(now + offset, Hour);
        return OffsetAt(start) == offset ? start : Find(start, now, time => OffsetAt(time) == offset);
    }

    private long EndOfHour(long now)
    {
        var offset = OffsetAt(now);
        var end = now - Remainder(now + offset, Hour) + Hour;
        return OffsetAt(end - 1) == offset ? end : Find(now, end - 1, time => OffsetAt(time) != offset);
    }

    /// <summary>The first moment at which the local date is a day, or, where that day is left out, a later one.</summary>
    private long StartOf(long midnight)
    {
        var offset = OffsetAt(midnight - LargestOffset);
        if (offset == OffsetAt(midnight + LargestOffset))
            return midnight - offset;
        var reached = midnight - LargestOffset;
        while (reached + OffsetAt(reached) < midnight)
            reached += Quarter;
        return Find(reached - Quarter, reached, time => time + OffsetAt(time) >= midnight);
    }

    /// <summary>The first moment after one and up to another at which something is so, where it stays so up to the latter.</summary>
    private static long Find(long after, long upTo, Func<long, bool> isSo)
    {
        while (upTo - after > 1)
        {
            var middle = after + ((upTo - after) / 2);
            if (isSo(middle))
                upTo = middle;
            else
                after = middle;
        }

        return upTo;
    }
}
