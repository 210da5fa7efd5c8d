namespace Orchestra.Core.Budgets.Accounts;

/// <summary>What an account was before a proposed entry, apart from its scopes.</summary>
/// <param name="OperationId">The entry's operation.</param>
/// <param name="Kind">What it records.</param>
/// <param name="ReservationId">The reservation that it is about.</param>
/// <param name="Before">The reservation that it is about; null where it was not open.</param>
/// <param name="LastAt">The account's clock; milliseconds since 1970, UTC.</param>
/// <param name="Calendar">The calendar.</param>
internal readonly record struct EntryUndo(
    string OperationId, LedgerEntryKind Kind, string ReservationId, OpenReservation? Before, long LastAt, AccountCalendar Calendar);
