namespace Orchestra.Gateway.Budgets;

/// <summary>So many a minute, so many left, and how long until all of them are there again.</summary>
internal sealed record RateResponse(int Limit, long Remaining, double ResetSeconds);
