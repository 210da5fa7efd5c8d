namespace Orchestra.Core.Configuration;

/// <summary>What an expert charges, in dollars; the parts add up.</summary>
public sealed class PriceOptions
{
    /// <summary>Dollars for a million prompt tokens. Default 0; at most nine decimal places.</summary>
    public decimal InputPerMillion { get; set; }

    /// <summary>Dollars for a million completion tokens. Default 0; at most nine decimal places.</summary>
    public decimal OutputPerMillion { get; set; }

    /// <summary>Dollars for each call. Default 0; at most nine decimal places.</summary>
    public decimal PerCall { get; set; }
}
