using System.Globalization;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Grains.Messages;
using Orleans.Concurrency;

namespace Orchestra.Grains.Budgets;

/// <summary>
/// Hosts one tenant's account and its group commit: operations of all silos meet here and share commits. Reentrant, so that thousands wait on one. Should two activations live for
/// a moment, the version in the ledger's key lets only one of them write each step.
/// </summary>
/// <param name="budgets">The accounts of this silo.</param>
[Reentrant, GrainType("budget")]
internal sealed class BudgetGrain(LedgerBudgets budgets) : Grain, IBudgetGrain
{
    private string Tenant => this.GetPrimaryKeyString();

    public Task<Reply<BudgetUsageMessage?>> ReserveAsync(ReservationMessage reservation, CancellationToken ct) => Replies.OfAsync(async () =>
    {
        var asked = reservation.ToReservation();
        await budgets.ReserveAsync(asked, ct);
        return await budgets.UsageAsync(asked.Payer, ct) is { } usage ? BudgetUsageMessage.Of(usage) : null;
    });

    public Task<Reply<ReservationMessage>> ExtendAsync(ReservationMessage reservation, string operationId, long moreNanos, CancellationToken ct) =>
        Replies.OfAsync(async () => ReservationMessage.Of(await budgets.ExtendAsync(reservation.ToReservation(), operationId, new Money(moreNanos), ct)));

    public Task RenewAsync(ReservationMessage[] reservations, string operationId, CancellationToken ct) => Task.WhenAll(reservations.Select(async (reservation, i) =>
    {
        try
        {
            await budgets.ExtendAsync(reservation.ToReservation(), string.Create(CultureInfo.InvariantCulture, $"{operationId}_{i}"), Money.Zero, ct);
        }
        catch (Exception error) when (error is OrchestraException or OperationCanceledException)
        {
            // It has ended meanwhile, or the next renewal comes in time.
        }
    }));

    public Task<Reply<bool>> SettleAsync(ReservationMessage reservation, long actualNanos) => Replies.OfAsync(async () =>
    {
        await budgets.SettleAsync(reservation.ToReservation(), new Money(actualNanos));
        return true;
    });

    public Task<Reply<AccountStateMessage>> GetAsync(PayerMessage? payer, CancellationToken ct) => Replies.OfAsync(async () =>
        AccountStateMessage.Of(payer is null ? await budgets.GetAsync(Tenant, ct) : await budgets.GetAsync(payer.ToPayer(), ct)));

    public Task<Reply<AccountStateMessage>> ChangeAsync(BudgetChangeMessage change, CancellationToken ct) =>
        Replies.OfAsync(async () => AccountStateMessage.Of(await budgets.ChangeAsync(Tenant, change.ToChange(), ct)));
}
