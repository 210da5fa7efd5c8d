using FsCheck.Xunit;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

public sealed class AccountCalendarTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns", "America/Havana",
        "Asia/Pyongyang", "Pacific/Kiritimati", "Pacific/Pago_Pago",
    ];

    // Days on which something happens in one of these zones.
    private static readonly DateTimeOffset[] Days =
        [.. new[] { "2025-03-30", "2025-10-26", "2018-02-18", "2018-11-04", "2022-03-27", "2011-12-30", "2025-04-06", "2025-10-05", "2010-11-07", "2025-11-02", "2018-05-05", "2024-02-29" }
            .Select(day => DateTimeOffset.Parse(day + "T00:00Z"))];

    [Theory]
    [InlineData("Europe/Berlin", "2025-03-30T11:00Z", "2025-03-29T23:00Z", "2025-03-30T22:00Z")]
    [InlineData("Europe/Berlin", "2025-10-26T11:00Z", "2025-10-25T22:00Z", "2025-10-26T23:00Z")]
    [InlineData("America/Sao_Paulo", "2018-02-17T12:00Z", "2018-02-17T02:00Z", "2018-02-18T03:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04T12:00Z", "2018-11-04T03:00Z", "2018-11-05T02:00Z")]
    [InlineData("Asia/Beirut", "2022-03-27T12:00Z", "2022-03-26T22:00Z", "2022-03-27T21:00Z")]
    [InlineData("Asia/Kolkata", "2025-01-15T12:00Z", "2025-01-14T18:30Z", "2025-01-15T18:30Z")]
    [InlineData("Pacific/Apia", "2011-12-30T09:59Z", "2011-12-29T10:00Z", "2011-12-30T10:00Z")]
    [InlineData("Pacific/Apia", "2011-12-30T10:00Z", "2011-12-30T10:00Z", "2011-12-31T10:00Z")]
    [InlineData("America/St_Johns", "2010-11-07T03:00Z", "2010-11-07T02:30Z", "2010-11-08T03:30Z")]
    [InlineData("America/Havana", "2025-11-02T12:00Z", "2025-11-02T04:00Z", "2025-11-03T05:00Z")]
    public void A_day_begins_and_ends_where_its_date_does(string zone, string now, string start, string end) => Check(zone, BudgetWindow.Daily, now, start, end);

    [Theory]
    [InlineData("Europe/Berlin", "2025-03-30T01:30Z", "2025-03-30T01:00Z", "2025-03-30T02:00Z")]
    [InlineData("Asia/Kolkata", "2025-01-15T12:15Z", "2025-01-15T11:30Z", "2025-01-15T12:30Z")]
    [InlineData("Australia/Lord_Howe", "2025-04-05T15:10Z", "2025-04-05T15:00Z", "2025-04-05T15:30Z")]
    [InlineData("Asia/Pyongyang", "2018-05-04T14:50Z", "2018-05-04T14:30Z", "2018-05-04T15:00Z")]
    public void An_hour_ends_where_the_clock_is_changed(string zone, string now, string start, string end) => Check(zone, BudgetWindow.Hourly, now, start, end);

    [Theory]
    [InlineData("UTC", "2025-03-02T23:59Z", "2025-02-24T00:00Z", "2025-03-03T00:00Z")]
    [InlineData("UTC", "2025-03-03T00:00Z", "2025-03-03T00:00Z", "2025-03-10T00:00Z")]
    [InlineData("UTC", "1969-12-31T00:00Z", "1969-12-29T00:00Z", "1970-01-05T00:00Z")]
    [InlineData("Europe/Berlin", "2025-03-30T21:59Z", "2025-03-23T23:00Z", "2025-03-30T22:00Z")]
    [InlineData("Pacific/Apia", "2011-12-31T12:00Z", "2011-12-26T10:00Z", "2012-01-01T10:00Z")]
    public void A_week_begins_on_Monday(string zone, string now, string start, string end) => Check(zone, BudgetWindow.Weekly, now, start, end);

    [Theory]
    [InlineData("UTC", "2024-02-29T12:00Z", "2024-02-01T00:00Z", "2024-03-01T00:00Z")]
    [InlineData("Europe/Berlin", "2025-03-31T21:59Z", "2025-02-28T23:00Z", "2025-03-31T22:00Z")]
    [InlineData("Pacific/Kiritimati", "2024-12-31T10:00Z", "2024-12-31T10:00Z", "2025-01-31T10:00Z")]
    public void A_month_begins_on_its_first(string zone, string now, string start, string end) => Check(zone, BudgetWindow.Monthly, now, start, end);

    [Fact]
    public void The_answer_does_not_depend_on_what_was_asked_before()
    {
        var asked = new AccountCalendar(TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe"));
        var from = DateTimeOffset.Parse("2025-04-05T13:00Z").ToUnixTimeMilliseconds();
        foreach (var minute in Enumerable.Range(0, 240).Concat(Enumerable.Range(0, 240).Reverse()))
        {
            var now = from + (minute * 60_000L);
            asked.StartsAt(now).ShouldBe(new AccountCalendar(TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe")).StartsAt(now));
        }
    }

    [Property(MaxTest = 400)]
    public void Hours_and_days_are_what_counting_minutes_gives(byte zoneIndex, byte dayIndex, ushort offset)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[zoneIndex % Zones.Length]);
        var now = Days[dayIndex % Days.Length].AddMinutes((offset % 2_880) - 1_440);
        var minutes = Enumerable.Range(-3_000, 5_000).Select(minute => now.AddMinutes(minute)).ToList();
        var today = minutes.TakeWhile(minute => minute <= now).Max(minute => TimeZoneInfo.ConvertTime(minute, zone).Date);
        var calendar = new AccountCalendar(zone);
        var starts = calendar.StartsAt(now.ToUnixTimeMilliseconds());
        At(starts.Day).ShouldBe(minutes.First(minute => TimeZoneInfo.ConvertTime(minute, zone).Date >= today));
        At(calendar.EndOf(BudgetWindow.Daily, now.ToUnixTimeMilliseconds())!.Value).ShouldBe(minutes.First(minute => TimeZoneInfo.ConvertTime(minute, zone).Date > today));

        var before = minutes.TakeWhile(minute => minute <= now).Reverse();
        At(starts.Hour).ShouldBe(before.TakeWhile(minute => HourOf(minute) == HourOf(now)).Last());
        At(calendar.EndOf(BudgetWindow.Hourly, now.ToUnixTimeMilliseconds())!.Value).ShouldBe(minutes.First(minute => minute > now && HourOf(minute) != HourOf(now)));
        starts.Week.ShouldBeLessThanOrEqualTo(starts.Day);
        starts.Month.ShouldBeLessThanOrEqualTo(starts.Day);

        (long, TimeSpan) HourOf(DateTimeOffset minute)
        {
            var local = TimeZoneInfo.ConvertTime(minute, zone);
            return (local.DateTime.Ticks / TimeSpan.TicksPerHour, local.Offset);
        }
    }

    private static void Check(string zone, BudgetWindow window, string now, string start, string end)
    {
        var calendar = new AccountCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var at = DateTimeOffset.Parse(now).ToUnixTimeMilliseconds();
        At(calendar.StartsAt(at).Of(window, at)).ShouldBe(DateTimeOffset.Parse(start));
        At(calendar.EndOf(window, at)!.Value).ShouldBe(DateTimeOffset.Parse(end));
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
