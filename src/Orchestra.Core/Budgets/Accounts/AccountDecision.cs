namespace Orchestra.Core.Budgets.Accounts;

/// <summary>What an account decides about one operation.</summary>
/// <param name="Outcome">The decision.</param>
/// <param name="Entry">The entry to append where the outcome is <see cref="AccountOutcome.Append"/>.</param>
/// <param name="Refusal">The budget that refused, where the outcome is <see cref="AccountOutcome.Refused"/>.</param>
/// <param name="Available">What may still be set aside for the payer, where the outcome is <see cref="AccountOutcome.Refused"/>.</param>
public readonly record struct AccountDecision(AccountOutcome Outcome, LedgerEntry Entry = default, BudgetState? Refusal = null, Money Available = default);
