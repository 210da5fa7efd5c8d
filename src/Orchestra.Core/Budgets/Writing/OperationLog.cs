using Microsoft.Extensions.Logging;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>What operators should know about operations that are done.</summary>
internal static class OperationLog
{
    public static void Write(ILogger logger, BudgetOperation operation)
    {
        switch (operation)
        {
            case SettleOperation { Decision: { Outcome: AccountOutcome.Append, Entry: { Uncovered: { IsZero: false } uncovered } } } settle:
                BudgetInstruments.LeftUncovered(uncovered);
                logger.SettledBeyondLimit(settle.TenantId, settle.Reservation.Id, settle.Reservation.Expert, settle.Actual, uncovered);
                break;
            case SettleOperation { Outcome: AccountOutcome.Append, Held: { } held } settle when settle.Actual > held:
                logger.SettledBeyondReservation(settle.TenantId, settle.Reservation.Id, settle.Reservation.Expert, settle.Actual, held);
                break;
            case SettleOperation { Outcome: AccountOutcome.Append, Held: null } settle:
                logger.SettledWithoutReservation(settle.TenantId, settle.Reservation.Id, settle.Reservation.Expert, settle.Actual);
                break;
            case SettleOperation { Outcome: not (AccountOutcome.Append or AccountOutcome.AlreadyDone) } settle:
                logger.SettlementRejected(settle.TenantId, settle.Reservation.Id, settle.Reservation.Expert, settle.Actual, settle.Outcome);
                break;
            case ExpireOperation { Outcome: AccountOutcome.Append, Decision: { Entry: var entry } }:
                logger.Expired(entry.TenantId, entry.ReservationId, entry.Expert, entry.Amount);
                break;
            default:
                break;
        }

        if (operation.Decision is { Outcome: AccountOutcome.Refused, Refusal: { } refusal })
            BudgetInstruments.Refused(refusal.Scope);
    }

    public static void WriteWarnings(ILogger logger, BudgetOperation operation)
    {
        foreach (var warning in operation.Warnings ?? [])
        {
            BudgetInstruments.Warned(warning);
            logger.WarningLineCrossed(warning.TenantId, warning.Scope, warning.Window, warning.Amount, warning.Detail);
        }
    }

    public static void WriteLost(ILogger logger, BudgetOperation operation)
    {
        if (operation is SettleOperation settle)
            logger.SettlementNotWritten(settle.TenantId, settle.Reservation.Id, settle.Reservation.Expert, settle.Actual);
    }
}
