namespace Orchestra.Core.Budgets.Reports;

/// <summary>A row of a ledger as people and their programs read it; what a row does not have is null.</summary>
/// <param name="Tenant">Whose ledger.</param>
/// <param name="Version">The row's number.</param>
/// <param name="At">When it was decided, UTC.</param>
/// <param name="Kind">What happened; one of <see cref="LedgerKinds"/>.</param>
/// <param name="Operation">The operation that it records.</param>
/// <param name="Reservation">The reservation that it is about.</param>
/// <param name="AmountUsd">The amount; null for a limit that was removed.</param>
/// <param name="Until">When a lease or extra money ends, or when the reservation had expired that is corrected.</param>
/// <param name="Team">The payer's team.</param>
/// <param name="User">The payer's user.</param>
/// <param name="Key">The payer's key.</param>
/// <param name="Expert">The expert that the money is for.</param>
/// <param name="Trajectory">The query's trajectory.</param>
/// <param name="Scope">Whose budget it is about.</param>
/// <param name="Window">The budget's window.</param>
/// <param name="Detail">What else there is.</param>
public sealed record LedgerRow(
    string Tenant, long Version, DateTime At, string Kind, string Operation, string? Reservation, Money? AmountUsd, DateTime? Until, string? Team, string? User, string? Key,
    string? Expert, string? Trajectory, string? Scope, string? Window, string? Detail)
{
    /// <summary>Shows an entry.</summary>
    public static LedgerRow Of(in LedgerEntry entry) => new(
        entry.TenantId, entry.Version, entry.At.UtcDateTime, LedgerKinds.NameOf(entry.Kind), entry.OperationId, Known(entry.ReservationId),
        entry.Kind == LedgerEntryKind.SetLimit && entry.Amount == Money.Max ? null : entry.Amount, entry.Until?.UtcDateTime, Known(entry.Payer?.TeamId),
        Known(entry.Payer?.UserId), Known(entry.Payer?.KeyId), Known(entry.Expert), Known(entry.TrajectoryId), entry.IsAboutBudget ? entry.Scope.ToString() : null,
        entry.IsAboutBudget ? entry.Window.ToString() : null, Known(entry.Detail));

    private static string? Known(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
