namespace Orchestra.Storage.Postgres;

/// <summary>Times as the tables hold them: UTC, whole milliseconds, the same as in every other store.</summary>
internal static class PostgresTime
{
    public static DateTime Write(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()).UtcDateTime;

    public static DateTimeOffset Read(DateTime time) => new(time, TimeSpan.Zero);
}
