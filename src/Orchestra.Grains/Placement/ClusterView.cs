using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Orchestra.Grains.Experts;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace Orchestra.Grains.Placement;

/// <summary>
/// What the silos of the cluster can hold, as this silo knows it: what they offer from their metadata, what they hold from asking them every second. A report that is late or wrong costs a
/// second attempt at most, since a silo without room refuses.
/// </summary>
/// <param name="grains">Finds the grains.</param>
/// <param name="silos">The silos that live.</param>
/// <param name="metadata">Their metadata.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterView(IGrainFactory grains, ISiloStatusOracle silos, ISiloMetadataCache metadata, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<SiloAddress, RoomReport> _reports = new();

    /// <summary>Whether a silo can hold another replica of an expert.</summary>
    public bool CanHold(SiloAddress silo, string expert)
    {
        var offer = OfferOf(silo);
        return offer.Experts.TryGetValue(expert, out var need) && need <= (_reports.TryGetValue(silo, out var report) ? report.FreeMb : offer.GpuMemoryMb);
    }

    /// <summary>Replicas that a silo holds.</summary>
    public int Replicas(SiloAddress silo) => _reports.TryGetValue(silo, out var report) ? report.Held.Length : 0;

    /// <summary>The silos that hold experts, with what they hold.</summary>
    public IReadOnlyDictionary<SiloAddress, RoomReport> Reports => _reports;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                var active = silos.GetActiveSilos();
                await Task.WhenAll(active.Where(silo => OfferOf(silo).Experts.Count > 0).Select(silo => AskAsync(silo, stoppingToken)));
                foreach (var gone in _reports.Keys.Except(active).ToList())
                    _reports.TryRemove(gone, out _);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private SiloOffer OfferOf(SiloAddress silo) => SiloOffer.Read(metadata.GetSiloMetadata(silo).Metadata);

    private async Task AskAsync(SiloAddress silo, CancellationToken ct)
    {
        try
        {
            _reports[silo] = await grains.GetGrain<IExpertSiloGrain>(silo.ToParsableString()).ReportAsync(ct);
        }
        catch (Exception error) when (GrainCalls.IsLost(error))
        {
            _reports.TryRemove(silo, out _);
        }
    }
}
