namespace Orchestra.Core.Configuration;

/// <summary>How money is set aside.</summary>
public sealed class BudgetOptions
{
    /// <summary>How long money stays reserved for a host that died. Default 2 minutes, from one second to one hour.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Output tokens by which a stream's reservation grows. Default 256, from 16 to 8,192.</summary>
    public int OutputSlice { get; set; } = 256;

    /// <summary>Per cents of a limit at which a warning fires, where a budget names none of its own. Default 50, 80, 95; rising, at most ten.</summary>
    public int[]? WarningLines { get; set; }

    /// <summary>Where warnings are posted to.</summary>
    public WebhookOptions Webhook { get; set; } = new();
}
