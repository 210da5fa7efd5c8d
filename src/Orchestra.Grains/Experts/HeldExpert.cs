using Orchestra.Core.Experts;

namespace Orchestra.Grains.Experts;

/// <summary>An expert that a silo can hold.</summary>
/// <param name="GpuMemoryMb">GPU memory that one replica takes, MiB.</param>
/// <param name="Make">Makes a replica's expert.</param>
public sealed record HeldExpert(int GpuMemoryMb, Func<IExpert> Make);
