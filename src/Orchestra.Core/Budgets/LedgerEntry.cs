namespace Orchestra.Core.Budgets;

/// <summary>One row of a tenant's ledger.</summary>
/// <param name="TenantId">Whose ledger.</param>
/// <param name="Version">Its number in the tenant's ledger, from 1 without gaps.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OperationId">The operation that it records, unique in the tenant's ledger.</param>
/// <param name="ReservationId">The reservation that it is about; empty for changes of the limit.</param>
/// <param name="Amount">
/// Reserve and extend: what is set aside on top. Settle and expire: what is spent; negative where a settlement that came after the expiry gives
/// back. SetLimit: the limit, <see cref="Money.Max"/> for none.
/// </param>
/// <param name="Window">SetLimit: the window; otherwise the default.</param>
/// <param name="LeaseUntil">
/// Reserve and extend: when the reservation expires unless it is renewed. Settle: when it had expired, where this corrects what the expiry
/// billed. Null otherwise.
/// </param>
/// <param name="KeyId">The API key that asked; empty for operations of the system's own.</param>
/// <param name="Expert">The expert that the money is for; empty for changes of the limit.</param>
/// <param name="TrajectoryId">The query's trajectory; empty where there is none.</param>
public sealed record LedgerEntry(
    string TenantId,
    long Version,
    DateTimeOffset At,
    LedgerEntryKind Kind,
    string OperationId,
    string ReservationId,
    Money Amount,
    BudgetWindow Window,
    DateTimeOffset? LeaseUntil,
    string KeyId,
    string Expert,
    string TrajectoryId);
