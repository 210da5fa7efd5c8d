using System.Globalization;

namespace Orchestra.Grains.Experts;

/// <summary>The key of a replica's grain.</summary>
/// <param name="Expert">The expert's name.</param>
/// <param name="Replica">The replica, from 0.</param>
/// <param name="IsStandIn">Whether it takes the new calls of a replica whose silo is about to leave, until that one's last call has ended and it can be placed anew.</param>
public readonly record struct ExpertKey(string Expert, int Replica, bool IsStandIn = false)
{
    private const char StandIn = '+';

    /// <summary>Reads a key; throws <see cref="FormatException"/> where it is none.</summary>
    public static ExpertKey Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        var isStandIn = key.EndsWith(StandIn);
        return slash > 0 && int.TryParse(key.AsSpan(slash + 1).TrimEnd(StandIn), NumberStyles.None, CultureInfo.InvariantCulture, out var replica)
            ? new ExpertKey(key[..slash], replica, isStandIn)
            : throw new FormatException("A replica's key has the form expert/replica.");
    }

    /// <summary><c>expert/replica</c>, and a plus sign for a stand-in.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Expert}/{Replica}{(IsStandIn ? "+" : string.Empty)}");
}
