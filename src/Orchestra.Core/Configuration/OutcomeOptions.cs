namespace Orchestra.Core.Configuration;

/// <summary>From which outcomes of its own traffic the host learns, and when.</summary>
public sealed class OutcomeOptions
{
    /// <summary>Whether the policies that serve learn from outcomes as they come. Default true.</summary>
    public bool Live { get; set; } = true;

    /// <summary>The tenants whose feedback counts. Default none named, which is all: name those that you trust where tenants do not trust each other.</summary>
    public string[]? Tenants { get; set; }
}
