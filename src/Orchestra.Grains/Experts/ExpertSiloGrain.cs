using Orchestra.Grains.Draining;
using Orchestra.Grains.Placement;

namespace Orchestra.Grains.Experts;

/// <summary>Tells what its silo holds.</summary>
/// <param name="room">What the silo can hold.</param>
/// <param name="work">What it does; once that is closed, it has room for nothing more.</param>
[OnSilo, GrainType("expert-silo")]
internal sealed class ExpertSiloGrain(ExpertRoom room, SiloWork work) : Grain, IExpertSiloGrain
{
    public Task<RoomReport> ReportAsync(CancellationToken ct) => Task.FromResult(new RoomReport(work.Experts.IsClosed ? RoomReport.None : room.FreeMb, [.. room.Held]));
}
