using Orchestra.Core.Budgets;
using Orchestra.Grains.Messages;

namespace Orchestra.Grains.Budgets;

/// <summary>The money of one tenant, which is the key; each operation is that of <see cref="IBudgets"/>.</summary>
[Alias("orchestra.budget")]
public interface IBudgetGrain : IGrainWithStringKey
{
    /// <summary>Sets money aside, and tells how far the payer's tightest budget is used up; null where none is near its end.</summary>
    [Alias("Reserve")]
    Task<Reply<BudgetUsageMessage?>> ReserveAsync(ReservationMessage reservation, CancellationToken ct);

    /// <summary>Grows a reservation, or renews its lease.</summary>
    [Alias("Extend")]
    Task<Reply<ReservationMessage>> ExtendAsync(ReservationMessage reservation, string operationId, long moreNanos, CancellationToken ct);

    /// <summary>Renews the leases of reservations whose calls are under way; those that have ended are left alone.</summary>
    [Alias("Renew")]
    Task RenewAsync(ReservationMessage[] reservations, string operationId, CancellationToken ct);

    /// <summary>Ends a reservation; answered when that is durable.</summary>
    [Alias("Settle")]
    Task<Reply<bool>> SettleAsync(ReservationMessage reservation, long actualNanos);

    /// <summary>The account's state; with a payer, only the budgets that limit it.</summary>
    [Alias("Get")]
    Task<Reply<AccountStateMessage>> GetAsync(PayerMessage? payer, CancellationToken ct);

    /// <summary>Changes a budget or the time zone.</summary>
    [Alias("Change")]
    Task<Reply<AccountStateMessage>> ChangeAsync(BudgetChangeMessage change, CancellationToken ct);
}
