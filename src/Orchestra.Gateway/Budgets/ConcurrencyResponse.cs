namespace Orchestra.Gateway.Budgets;

/// <summary>So many at the same time, and so many left.</summary>
internal sealed record ConcurrencyResponse(int Limit, int Remaining);
