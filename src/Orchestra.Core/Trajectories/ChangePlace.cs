namespace Orchestra.Core.Trajectories;

/// <summary>A place in the log of what became known of trajectories, which all hosts of a database see in the same order.</summary>
/// <param name="Transaction">The transaction that wrote it, by its number; 0 where one writer makes them all.</param>
/// <param name="Number">Its number.</param>
public readonly record struct ChangePlace(long Transaction, long Number)
{
    /// <summary>Before everything.</summary>
    public static readonly ChangePlace Start;
}
