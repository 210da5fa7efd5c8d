namespace Orchestra.Core.Configuration;

/// <summary>How many queries another expert is asked, too, for comparison alone, and who pays for it.</summary>
public sealed class ShadowOptions
{
    /// <summary>The share of answered queries that are compared. Default 0, none; up to 1, all.</summary>
    public double Share { get; set; }

    /// <summary>The tenant that pays, within its budgets. Default none; required where <see cref="Share"/> is above 0.</summary>
    public string? Tenant { get; set; }

    /// <summary>Comparisons that may wait, each with a request of at most 64 KiB; further ones are not made. Default 64, from 1 to 1,024.</summary>
    public int MaxQueued { get; set; } = 64;

    /// <summary>Comparisons that are made at the same time. Default 2, from 1 to 64.</summary>
    public int MaxConcurrency { get; set; } = 2;
}
