namespace Orchestra.Core.Budgets.Verification;

/// <summary>A reservation that has not ended, as its rows tell it.</summary>
/// <param name="Amount">What is set aside in all.</param>
/// <param name="LeaseUntil">When it expires.</param>
/// <param name="Payer">Who pays; null for no reservation.</param>
/// <param name="Version">The row that reserved it, or the opening that holds it.</param>
internal readonly record struct CheckedReservation(Money Amount, DateTimeOffset LeaseUntil, Payer? Payer, long Version);
