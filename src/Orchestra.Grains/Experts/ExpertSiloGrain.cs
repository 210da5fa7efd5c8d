using Orchestra.Grains.Placement;

namespace Orchestra.Grains.Experts;

/// <summary>Tells what its silo holds.</summary>
/// <param name="room">What the silo can hold.</param>
[OnSilo, GrainType("expert-silo")]
internal sealed class ExpertSiloGrain(ExpertRoom room) : Grain, IExpertSiloGrain
{
    public Task<RoomReport> ReportAsync(CancellationToken ct) => Task.FromResult(new RoomReport(room.FreeMb, [.. room.Held]));
}
