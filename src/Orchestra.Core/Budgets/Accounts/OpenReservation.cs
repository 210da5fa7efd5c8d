namespace Orchestra.Core.Budgets.Accounts;

/// <summary>A reservation that has not ended.</summary>
/// <param name="Amount">What is set aside in all.</param>
/// <param name="LeaseUntil">When it expires unless it is renewed.</param>
/// <param name="Payer">Who pays.</param>
/// <param name="Expert">The expert that the money is for.</param>
/// <param name="TrajectoryId">The query's trajectory.</param>
public readonly record struct OpenReservation(Money Amount, DateTimeOffset LeaseUntil, Payer Payer, string Expert, string TrajectoryId);
