namespace Orchestra.Grains.Experts;

/// <summary>What a silo holds now.</summary>
/// <param name="FreeMb">GPU memory that no replica has taken, MiB; <see cref="None"/> where the silo takes no replica at all.</param>
/// <param name="Held">The keys of the replicas that it holds.</param>
[GenerateSerializer, Immutable, Alias("orchestra.room-report")]
public sealed record RoomReport([property: Id(0)] int FreeMb, [property: Id(1)] string[] Held)
{
    /// <summary>Less than any replica needs, those without GPU memory included.</summary>
    public const int None = -1;
}
