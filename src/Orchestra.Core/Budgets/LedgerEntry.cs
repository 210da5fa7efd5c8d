namespace Orchestra.Core.Budgets;

/// <summary>One row of a tenant's ledger.</summary>
/// <param name="TenantId">Whose ledger.</param>
/// <param name="Version">Its number in the tenant's ledger, from 1 without gaps.</param>
/// <param name="At">When it was decided; whole milliseconds, UTC.</param>
/// <param name="Kind">What happened.</param>
/// <param name="OperationId">
/// The operation that it records. For reserve, settle, expire and release this is the reservation's id; with <see cref="Slot"/> it is unique in
/// the tenant's ledger.
/// </param>
/// <param name="ReservationId">The reservation that it is about; empty for changes of budgets.</param>
/// <param name="Amount">
/// Reserve and extend: what is set aside on top. Settle and expire: what is spent; negative where a settlement that came after the expiry gives
/// back. SetLimit: the limit, <see cref="Money.Max"/> for none. Grant and raise: what the limit grows by. Warn: what is spent in the window.
/// </param>
/// <param name="Until">
/// Reserve and extend: when the reservation expires unless it is renewed. Settle: when it had expired, where this corrects what the expiry
/// billed. Grant and raise: when the extra money ends; null for never. Warn: when the window ends. Null otherwise.
/// </param>
/// <param name="Payer">Who pays; null for extensions, whose reservation tells, and for changes of budgets.</param>
/// <param name="Expert">The expert that the money is for; empty for changes of budgets.</param>
/// <param name="TrajectoryId">The query's trajectory; empty where there is none.</param>
/// <param name="Scope">Changes of budgets and warnings: whose budget; otherwise the tenant.</param>
/// <param name="Window">Changes of budgets and warnings: the budget's window; otherwise total.</param>
/// <param name="Detail">
/// SetLimit: its own warning lines, such as <c>50,80,95</c>, or empty. SetTimeZone: the zone. Warn: the line and the limit, such as <c>80/12.5</c>. Settle: what
/// the call cost beyond what the limits allowed, in dollars, or empty. Empty otherwise.
/// </param>
public readonly record struct LedgerEntry(
    string TenantId,
    long Version,
    DateTimeOffset At,
    LedgerEntryKind Kind,
    string OperationId,
    string ReservationId,
    Money Amount,
    DateTimeOffset? Until,
    Payer? Payer,
    string Expert,
    string TrajectoryId,
    BudgetScope Scope,
    BudgetWindow Window,
    string Detail)
{
    /// <summary>Tells the ends of a reservation, which share its id, from each other and from all other operations (0).</summary>
    public int Slot => SlotOf(Kind);

    /// <summary>What a settled call cost beyond what the limits allowed: no budget counts it, but it is not forgotten.</summary>
    public Money Uncovered => Kind == LedgerEntryKind.Settle && Money.TryParse(Detail, out var uncovered) ? uncovered : Money.Zero;

    /// <summary>Whether it is a change of a budget, or a warning.</summary>
    public bool IsAboutBudget => !IsAboutReservation(Kind);

    /// <summary>Whether entries of a kind are about a reservation.</summary>
    public static bool IsAboutReservation(LedgerEntryKind kind) => kind is >= LedgerEntryKind.Reserve and <= LedgerEntryKind.Release;

    /// <summary>The slot of a kind.</summary>
    public static int SlotOf(LedgerEntryKind kind) => kind is LedgerEntryKind.Settle or LedgerEntryKind.Expire or LedgerEntryKind.Release ? (int)kind : 0;
}
