using Orchestra.Grains.Experts;

namespace Orchestra.Grains.Placement;

/// <summary>A silo that can hold another replica.</summary>
/// <param name="Silo">The silo.</param>
/// <param name="FreeMb">GPU memory that no replica has taken, MiB, as far as is known.</param>
/// <param name="Held">The keys of the replicas that it holds, as far as is known.</param>
internal sealed record SiloSpace(SiloAddress Silo, int FreeMb, IReadOnlyCollection<string> Held)
{
    /// <summary>How many replicas of an expert it holds.</summary>
    public int CountOf(string expert) => Held.Count(key => ExpertKey.Parse(key).Expert == expert);
}
