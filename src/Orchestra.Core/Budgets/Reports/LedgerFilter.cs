namespace Orchestra.Core.Budgets.Reports;

/// <summary>Which rows of the ledgers are asked for; what is null does not matter.</summary>
/// <param name="TenantId">Whose ledger; null for all, by tenant.</param>
/// <param name="From">Rows from this time on.</param>
/// <param name="To">Rows before this time.</param>
/// <param name="Kind">The kind.</param>
/// <param name="TeamId">Rows that this team pays for, or that are about its budgets.</param>
/// <param name="UserId">Rows that this user pays for, or that are about the user's budgets.</param>
/// <param name="KeyId">Rows that this key pays for, or that are about its budgets.</param>
/// <param name="ReservationId">Rows of this reservation, its extensions included.</param>
public sealed record LedgerFilter(
    string? TenantId = null, DateTimeOffset? From = null, DateTimeOffset? To = null, LedgerEntryKind? Kind = null, string? TeamId = null, string? UserId = null,
    string? KeyId = null, string? ReservationId = null)
{
    /// <summary>Whether a row is asked for, apart from its tenant and its time.</summary>
    public bool Matches(in LedgerEntry entry) =>
        (Kind is null || entry.Kind == Kind) &&
        (ReservationId is null || entry.ReservationId == ReservationId) &&
        (TeamId is null || entry.Payer?.TeamId == TeamId || (entry.IsAboutBudget && entry.Scope == BudgetScope.Team(TeamId))) &&
        (UserId is null || entry.Payer?.UserId == UserId || (entry.IsAboutBudget && entry.Scope == BudgetScope.User(UserId))) &&
        (KeyId is null || entry.Payer?.KeyId == KeyId || (entry.IsAboutBudget && entry.Scope == BudgetScope.Key(KeyId)));
}
