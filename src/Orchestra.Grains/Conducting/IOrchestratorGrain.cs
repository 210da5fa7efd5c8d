using Orleans.Concurrency;

namespace Orchestra.Grains.Conducting;

/// <summary>The conductor of one silo that conducts; the key is the silo's address.</summary>
[Alias("orchestra.orchestrator")]
public interface IOrchestratorGrain : IGrainWithStringKey
{
    /// <summary>With which policies the silo decides now.</summary>
    [Alias("Get"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<ConductorReport> GetAsync(CancellationToken ct);
}
