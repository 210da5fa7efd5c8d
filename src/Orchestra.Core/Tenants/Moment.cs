namespace Orchestra.Core.Tenants;

/// <summary>Times as stores keep them: UTC, in whole milliseconds.</summary>
public static class Moment
{
    /// <summary>The present time.</summary>
    public static DateTimeOffset Now(TimeProvider time) => Of(time.GetUtcNow());

    /// <summary>A time in whole milliseconds, never later than it was.</summary>
    public static DateTimeOffset Of(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
}
