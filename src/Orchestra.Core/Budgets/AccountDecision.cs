namespace Orchestra.Core.Budgets;

/// <summary>What an account decides about one operation.</summary>
/// <param name="Outcome">The decision.</param>
/// <param name="Entry">The entry to append where the outcome is <see cref="AccountOutcome.Append"/>; otherwise null.</param>
public readonly record struct AccountDecision(AccountOutcome Outcome, LedgerEntry? Entry = null);
