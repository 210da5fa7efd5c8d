using System.Collections.Concurrent;
using Orchestra.Core;
using Orchestra.Core.Budgets;
using Orchestra.Grains.Messages;

namespace Orchestra.Grains.Budgets;

/// <summary>
/// The reservations whose calls this silo makes. It renews their leases wherever their accounts are, so that they outlive the silo of the account and run out with this one.
/// </summary>
internal sealed class HeldLeases : IAsyncDisposable
{
    /// <summary>How long a caller may hold a reservation; one that forgets it must not hold money until the silo stops.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(2);

    private const int MostInOne = 500;

    private readonly ConcurrentDictionary<(string Tenant, string Id), (Reservation Reservation, long Since)> _held = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IGrainFactory _grains;
    private readonly IdGenerator _ids;
    private readonly TimeProvider _time;
    private readonly TimeSpan _every;
    private readonly Task _running;

    /// <summary>Begins to renew what is held.</summary>
    public HeldLeases(IGrainFactory grains, IdGenerator ids, TimeProvider time, TimeSpan lease)
    {
        _grains = grains;
        _ids = ids;
        _time = time;
        _every = lease / 3;
        _running = RunAsync();
    }

    /// <summary>Notes a reservation that was granted.</summary>
    public void Add(Reservation reservation) => _held[(reservation.TenantId, reservation.Id)] = (reservation, _time.GetTimestamp());

    /// <summary>Forgets a reservation whose call is over.</summary>
    public void Remove(Reservation reservation) => _held.TryRemove((reservation.TenantId, reservation.Id), out _);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await Task.WhenAll(Due().GroupBy(held => held.TenantId).SelectMany(tenant => tenant.Chunk(MostInOne)).Select(RenewAsync));
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    /// <summary>What is to be renewed: a call that has just begun has all its lease before it.</summary>
    private List<Reservation> Due()
    {
        var due = new List<Reservation>();
        foreach (var (key, held) in _held)
        {
            var age = _time.GetElapsedTime(held.Since);
            if (age > LongestCall)
                _held.TryRemove(key, out _);
            else if (age > _every)
                due.Add(held.Reservation);
        }

        return due;
    }

    private async Task RenewAsync(Reservation[] reservations)
    {
        try
        {
            await _grains.GetGrain<IBudgetGrain>(reservations[0].TenantId).RenewAsync([.. reservations.Select(ReservationMessage.Of)], _ids.Next("renew_"), _stop.Token);
        }
        catch (Exception error) when (GrainCalls.IsLost(error) || error is OperationCanceledException)
        {
            // The next turn comes before the lease ends.
        }
    }
}
