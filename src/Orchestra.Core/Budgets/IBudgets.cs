namespace Orchestra.Core.Budgets;

/// <summary>
/// The tenants' money. Every operation is answered only after its ledger entry is durable, carries an id and is idempotent:
/// the same id twice answers the same and counts once; the same id with other contents is an error.
/// </summary>
public interface IBudgets
{
    /// <summary>Sets money aside before a paid call; throws <see cref="InsufficientQuotaException"/> where a limit does not allow it.</summary>
    /// <param name="reservation">What to set aside, for whom; its id is the operation's id.</param>
    /// <param name="ct">Stops the waiting; the reservation is then released, and must not be used.</param>
    Task ReserveAsync(Reservation reservation, CancellationToken ct);

    /// <summary>Grows a reservation by one more slice and renews its lease; throws <see cref="InsufficientQuotaException"/> where a limit does not allow it.</summary>
    /// <param name="reservation">The reservation as it is now.</param>
    /// <param name="operationId">The operation's id.</param>
    /// <param name="more">What to add; zero only renews the lease.</param>
    /// <param name="ct">Stops the waiting, not the operation.</param>
    /// <returns>The reservation with its new amount.</returns>
    Task<Reservation> ExtendAsync(Reservation reservation, string operationId, Money more, CancellationToken ct);

    /// <summary>
    /// Ends a reservation with what the call really cost; what was used is always recorded, even beyond what was reserved, and counts as spent as far as
    /// the limits allow. Until then its lease is renewed. Queued at once: the task completes when it is durable, and a caller need not wait for it, since <see cref="IBudgets"/>
    /// owns the operation and flushes it at shutdown.
    /// </summary>
    /// <param name="reservation">The reservation to end.</param>
    /// <param name="actual">What the call cost; zero where nothing is to be paid.</param>
    Task SettleAsync(Reservation reservation, Money actual);

    /// <summary>The account's state now.</summary>
    Task<AccountState> GetAsync(string tenantId, CancellationToken ct);

    /// <summary>The account's state now, with those budgets alone that limit a payer.</summary>
    Task<AccountState> GetAsync(Payer payer, CancellationToken ct);

    /// <summary>Changes a budget, or the tenant's time zone; throws <see cref="Errors.OrchestraException"/> where the change makes no sense.</summary>
    /// <returns>The account's state after it.</returns>
    Task<AccountState> ChangeAsync(string tenantId, BudgetChange change, CancellationToken ct);

    /// <summary>
    /// How far the tightest budget of a payer is used up, as this host saw it within the last minute; null where none is near its end. Costs no trip
    /// to the ledger: it is for decisions, not for bills.
    /// </summary>
    ValueTask<BudgetUsage?> UsageAsync(Payer payer, CancellationToken ct);
}
