using Orleans.Concurrency;

namespace Orchestra.Grains.Experts;

/// <summary>Tells what a silo with the role <c>expert</c> holds; the key is the silo's address.</summary>
[Alias("orchestra.expert-silo")]
public interface IExpertSiloGrain : IGrainWithStringKey
{
    /// <summary>What it holds now.</summary>
    [Alias("Report"), AlwaysInterleave, ResponseTimeout("00:00:02")]
    Task<RoomReport> ReportAsync(CancellationToken ct);
}
