using System.Globalization;

namespace Orchestra.Grains.Experts;

/// <summary>The key of a replica's grain.</summary>
/// <param name="Expert">The expert's name.</param>
/// <param name="Replica">The replica, from 0.</param>
public readonly record struct ExpertKey(string Expert, int Replica)
{
    /// <summary>Reads a key; throws <see cref="FormatException"/> where it is none.</summary>
    public static ExpertKey Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return slash > 0 && int.TryParse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var replica)
            ? new ExpertKey(key[..slash], replica)
            : throw new FormatException("A replica's key has the form expert/replica.");
    }

    /// <summary><c>expert/replica</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Expert}/{Replica}");
}
