namespace Orchestra.Grains.Placement;

/// <summary>Says why a replica has no place, and what to do.</summary>
internal static class PlacementLack
{
    /// <summary>No silo names the expert.</summary>
    public static string NoOffer(string expert) =>
        $"No silo can hold the expert '{expert}'. Start one with the role expert, whose Orchestra:Experts names it, and Orchestra:Cluster:Experts too where that is set.";

    /// <summary>Silos name it, and none has the memory.</summary>
    /// <param name="expert">The expert.</param>
    /// <param name="needMb">What a replica takes, MiB.</param>
    /// <param name="mostMb">The most that one silo has left, MiB; less than 0 where all are about to leave.</param>
    public static string NoMemory(string expert, int needMb, int mostMb) =>
        $"No silo has the {needMb} MiB of GPU memory free that a replica of '{expert}' takes; the most that one has left is {Math.Max(0, mostMb)} MiB. Start a silo with the role expert and a larger Orchestra:Cluster:GpuMemoryMb.";
}
