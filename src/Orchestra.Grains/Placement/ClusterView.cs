using System.Collections.Concurrent;
using System.Collections.Frozen;
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
    private volatile FrozenDictionary<string, ExpertPlaces>? _places;

    /// <summary>The silos that hold experts, with what they hold.</summary>
    public IReadOnlyDictionary<SiloAddress, RoomReport> Reports => _reports;

    /// <summary>A silo's space for a replica, which it may hold already; null where it cannot hold it.</summary>
    public SiloSpace? SpaceFor(SiloAddress silo, ExpertKey replica)
    {
        var offer = OfferOf(silo);
        if (!offer.Experts.TryGetValue(replica.Expert, out var need))
            return null;
        var space = SpaceOf(silo, offer);
        return need <= space.FreeMb || (space.FreeMb >= 0 && space.Held.Contains(replica.ToString())) ? space : null;
    }

    /// <summary>GPU memory that a replica of an expert takes, MiB, by what the silos say; 0 where none offers it.</summary>
    public int NeedMb(string expert) => silos.GetActiveSilos().Select(silo => OfferOf(silo).Experts.GetValueOrDefault(expert)).DefaultIfEmpty().Max();

    /// <summary>Where an expert's replicas are.</summary>
    public ExpertPlaces PlacesOf(string expert) => _places is not { } places ? ExpertPlaces.Unknown : places.GetValueOrDefault(expert) ?? new ExpertPlaces([], PlacementLack.NoOffer(expert));

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
                _places = Places(active);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The silo stops.
        }
    }

    private FrozenDictionary<string, ExpertPlaces> Places(IEnumerable<SiloAddress> active)
    {
        var offers = active.Select(silo => (Silo: silo, Offer: OfferOf(silo))).ToList();
        var held = _reports.Values.SelectMany(report => report.Held).Select(ExpertKey.Parse).ToLookup(key => key.Expert, key => key.Replica, StringComparer.Ordinal);
        return offers.SelectMany(silo => silo.Offer.Experts.Keys).Distinct(StringComparer.Ordinal).ToFrozenDictionary(expert => expert, expert =>
        {
            var able = offers.Where(silo => silo.Offer.Experts.ContainsKey(expert)).Select(silo => (NeedMb: silo.Offer.Experts[expert], SpaceOf(silo.Silo, silo.Offer).FreeMb)).ToList();
            var lack = able.Exists(silo => silo.NeedMb <= silo.FreeMb) ? null : PlacementLack.NoMemory(expert, able.Min(silo => silo.NeedMb), able.Max(silo => silo.FreeMb));
            return new ExpertPlaces(held[expert].ToFrozenSet(), lack);
        });
    }

    private SiloOffer OfferOf(SiloAddress silo) => SiloOffer.Read(metadata.GetSiloMetadata(silo).Metadata);

    private SiloSpace SpaceOf(SiloAddress silo, SiloOffer offer) =>
        _reports.TryGetValue(silo, out var report) ? new SiloSpace(silo, report.FreeMb, report.Held) : new SiloSpace(silo, offer.GpuMemoryMb, []);

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
