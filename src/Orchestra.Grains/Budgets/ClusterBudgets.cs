using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Grains.Messages;

namespace Orchestra.Grains.Budgets;

/// <summary>The tenants' money as every silo sees it: each operation goes to the tenant's budget grain, and is repeated with the same id where a silo fails between.</summary>
/// <param name="grains">Finds the grains.</param>
/// <param name="ids">Makes the ids of renewals.</param>
/// <param name="time">The clock.</param>
/// <param name="lease">How long a reservation lives without being renewed.</param>
/// <param name="logger">Hears of settlements that could not be delivered.</param>
public sealed partial class ClusterBudgets(IGrainFactory grains, IdGenerator ids, TimeProvider time, TimeSpan lease, ILogger<ClusterBudgets> logger) : IBudgets, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The lease of a reservation runs out at about this time, and bills it as reserved.</summary>
    private static readonly TimeSpan SettlementPatience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, Task> _settlements = new(StringComparer.Ordinal);
    private readonly SeenUsage _usage = new(time);
    private readonly GrainCalls _calls = new(time);
    private readonly HeldLeases _leases = new(grains, ids, time, lease);

    /// <inheritdoc/>
    public async Task ReserveAsync(Reservation reservation, CancellationToken ct)
    {
        var message = ReservationMessage.Of(reservation);
        try
        {
            var reply = await _calls.RepeatAsync(() => Grain(reservation.TenantId).ReserveAsync(message, ct), Patience, ct);
            _leases.Add(reservation);
            _usage.Note(reservation.Payer, reply.Unwrap(ct)?.ToUsage());
        }
        catch (Exception error) when (error is OperationCanceledException or Core.Errors.OrchestraException { Code: Core.Errors.ErrorCode.Overloaded })
        {
            // It may have been made all the same.
            _ = SettleAsync(reservation, Money.Zero);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<Reservation> ExtendAsync(Reservation reservation, string operationId, Money more, CancellationToken ct)
    {
        var message = ReservationMessage.Of(reservation);
        var reply = await _calls.RepeatAsync(() => Grain(reservation.TenantId).ExtendAsync(message, operationId, more.Nanos, ct), Patience, ct);
        return reply.Unwrap(ct).ToReservation();
    }

    /// <inheritdoc/>
    public Task SettleAsync(Reservation reservation, Money actual)
    {
        _leases.Remove(reservation);
        var settlement = DeliverAsync(reservation, actual);
        if (!settlement.IsCompleted)
        {
            _settlements[reservation.Id] = settlement;
            // Removed by whoever ends it; an entry that was ended before it was added is taken out here.
            if (settlement.IsCompleted)
                _settlements.TryRemove(reservation.Id, out _);
        }

        return settlement;
    }

    /// <inheritdoc/>
    public Task<AccountState> GetAsync(string tenantId, CancellationToken ct) => GetAsync(tenantId, null, ct);

    /// <inheritdoc/>
    public Task<AccountState> GetAsync(Payer payer, CancellationToken ct) => GetAsync(payer.TenantId, PayerMessage.Of(payer), ct);

    /// <inheritdoc/>
    public async Task<AccountState> ChangeAsync(string tenantId, BudgetChange change, CancellationToken ct)
    {
        var message = BudgetChangeMessage.Of(change);
        var reply = await _calls.RepeatAsync(() => Grain(tenantId).ChangeAsync(message, ct), Patience, ct);
        return reply.Unwrap(ct).ToState();
    }

    /// <inheritdoc/>
    public ValueTask<BudgetUsage?> UsageAsync(Payer payer, CancellationToken ct) => new(_usage.Of(payer));

    /// <summary>Waits until the settlements under way are delivered; a silo that stops does so while it can still reach the others.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        while (!_settlements.IsEmpty)
            await Task.WhenAll(_settlements.Values).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until the settlements under way are delivered.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leases.DisposeAsync();
        foreach (var settlement in _settlements.Values)
            await settlement.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private IBudgetGrain Grain(string tenantId) => grains.GetGrain<IBudgetGrain>(tenantId);

    private async Task<AccountState> GetAsync(string tenantId, PayerMessage? payer, CancellationToken ct)
    {
        var reply = await _calls.RepeatAsync(() => Grain(tenantId).GetAsync(payer, ct), Patience, ct);
        return reply.Unwrap(ct).ToState();
    }

    private async Task DeliverAsync(Reservation reservation, Money actual)
    {
        var message = ReservationMessage.Of(reservation);
        try
        {
            var reply = await _calls.RepeatAsync(() => Grain(reservation.TenantId).SettleAsync(message, actual.Nanos), SettlementPatience, CancellationToken.None);
            reply.Unwrap();
        }
        catch (Exception error)
        {
            LogUndelivered(error, reservation.Id, reservation.TenantId);
            throw;
        }
        finally
        {
            _settlements.TryRemove(reservation.Id, out _);
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "The settlement of reservation {ReservationId} of tenant {TenantId} could not be delivered; its lease will bill what was reserved")]
    private partial void LogUndelivered(Exception error, string reservationId, string tenantId);
}
