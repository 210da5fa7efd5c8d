namespace Orchestra.Core.Configuration;

/// <summary>How money is set aside.</summary>
public sealed class BudgetOptions
{
    /// <summary>The shortest time for which rows of the ledgers are kept: longer than the longest calendar window and than any call.</summary>
    public static readonly TimeSpan LeastRetention = TimeSpan.FromDays(35);

    /// <summary>The longest.</summary>
    public static readonly TimeSpan MostRetention = TimeSpan.FromDays(36_525);

    /// <summary>How long money stays reserved for a host that died. Default 2 minutes, from one second to one hour.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Output tokens by which a stream's reservation grows. Default 256, from 16 to 8,192.</summary>
    public int OutputSlice { get; set; } = 256;

    /// <summary>How long single rows of the ledgers are kept; older ones are rolled up, sums unchanged. Default none, which keeps them for ever; from 35 days to a hundred years.</summary>
    public TimeSpan? Retention { get; set; }

    /// <summary>Per cents of a limit at which a warning fires, where a budget names none of its own. Default 50, 80, 95; rising, at most ten.</summary>
    public int[]? WarningLines { get; set; }

    /// <summary>Where warnings are posted to.</summary>
    public WebhookOptions Webhook { get; set; } = new();
}
