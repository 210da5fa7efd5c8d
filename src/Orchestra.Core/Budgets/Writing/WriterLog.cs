using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

internal static partial class WriterLog
{
    [LoggerMessage(1, LogLevel.Error, "A commit of {Operations} operations failed; settlements are kept and tried again, everything else is answered with an error")]
    public static partial void CommitFailed(this ILogger logger, int operations, Exception error);

    [LoggerMessage(2, LogLevel.Debug, "Another host wrote the ledgers of {Tenants} tenants at the same time (try {Tries})")]
    public static partial void CommitContested(this ILogger logger, int tenants, int tries);

    [LoggerMessage(3, LogLevel.Error, "The ledger of tenant {TenantId} cannot be read; its operations fail until it can")]
    public static partial void LoadFailed(this ILogger logger, string tenantId, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "No snapshot of tenant {TenantId} could be written; the next one is tried later")]
    public static partial void SnapshotFailed(this ILogger logger, string tenantId, Exception error);

    [LoggerMessage(5, LogLevel.Warning, "Tenant {TenantId}, reservation {ReservationId}: {Expert} cost ${Actual}, more than the ${Held} that were reserved; all of it is billed")]
    public static partial void SettledBeyondReservation(this ILogger logger, string tenantId, string reservationId, string expert, Money actual, Money held);

    [LoggerMessage(6, LogLevel.Warning, "Tenant {TenantId}, reservation {ReservationId}: {Expert} cost ${Actual}, settled after the reservation had ended; the bill is corrected to it")]
    public static partial void SettledWithoutReservation(this ILogger logger, string tenantId, string reservationId, string expert, Money actual);

    [LoggerMessage(7, LogLevel.Error, "Tenant {TenantId}, reservation {ReservationId}: the settlement of {Expert} at ${Actual} was rejected ({Outcome})")]
    public static partial void SettlementRejected(this ILogger logger, string tenantId, string reservationId, string expert, Money actual, AccountOutcome? outcome);

    [LoggerMessage(8, LogLevel.Warning, "Tenant {TenantId}, reservation {ReservationId} for {Expert} expired; the ${Amount} that were reserved are billed")]
    public static partial void Expired(this ILogger logger, string tenantId, string reservationId, string expert, Money amount);

    [LoggerMessage(9, LogLevel.Critical, "Tenant {TenantId}, reservation {ReservationId}: the settlement of {Expert} at ${Actual} could not be written before the stop; the reservation expires and is billed as reserved")]
    public static partial void SettlementNotWritten(this ILogger logger, string tenantId, string reservationId, string expert, Money actual);

    [LoggerMessage(10, LogLevel.Warning, "Tenants with reservations under way could not be looked up; tried again later")]
    public static partial void RecoveryFailed(this ILogger logger, Exception error);

    [LoggerMessage(11, LogLevel.Warning, "Tenant {TenantId}, {Scope}, {Window} budget: ${Spent} spent, beyond the warning line (per cent / limit in dollars) {Line}")]
    public static partial void WarningLineCrossed(this ILogger logger, string tenantId, BudgetScope scope, BudgetWindow window, Money spent, string line);

    [LoggerMessage(12, LogLevel.Warning, "Tenant {TenantId}, reservation {ReservationId}: {Expert} cost ${Actual}, of which the limits did not allow ${Uncovered}; that is in the ledger, but billed to nobody")]
    public static partial void SettledBeyondLimit(this ILogger logger, string tenantId, string reservationId, string expert, Money actual, Money uncovered);
}
