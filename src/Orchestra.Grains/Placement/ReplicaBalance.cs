using Microsoft.Extensions.Hosting;
using Orchestra.Grains.Experts;

namespace Orchestra.Grains.Placement;

/// <summary>
/// Gives replicas of a silo that holds too many to one that holds fewer, such as one that has just joined or come back; without it a silo that was restarted would never get a replica again. One
/// replica at a time: the next one goes when the last has a place again.
/// </summary>
/// <param name="room">What this silo holds.</param>
/// <param name="view">What the others hold.</param>
/// <param name="grains">Finds the grains.</param>
/// <param name="silo">This silo.</param>
/// <param name="silos">The silos that live.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplicaBalance(ExpertRoom room, ClusterView view, IGrainFactory grains, ILocalSiloDetails silo, ISiloStatusOracle silos, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>How long a replica that nobody asks for holds up the next one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private string? _moved;
    private long _movedAt;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        if (_moved is not null && time.GetElapsedTime(_movedAt) < Patience && !view.Reports.Values.Any(report => report.Held.Contains(_moved)))
            return;
        _moved = null;
        var others = silos.GetActiveSilos().Where(other => !other.Equals(silo.SiloAddress)).ToList();
        if (ReplicaSpread.ToMove([.. room.Held.Where(key => !ExpertKey.Parse(key).IsStandIn)], replica => [.. others.Select(other => view.SpaceFor(other, replica)).OfType<SiloSpace>()]) is not { } move)
            return;
        try
        {
            if (!await grains.GetGrain<IExpertGrain>(move.Replica.ToString()).MoveAsync(silo.Name, move.WhileItWorks, ct))
                return;
            _moved = move.Replica.ToString();
            _movedAt = time.GetTimestamp();
        }
        catch (Exception error) when (GrainCalls.IsLost(error))
        {
            // The next look tries again.
        }
    }
}
