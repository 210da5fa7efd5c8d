using System.Collections.Frozen;

namespace Orchestra.Core.Learning.Features;

/// <summary>English words that stand for numbers, and words that relate quantities: a problem that has more of them takes more steps.</summary>
internal static class QuantityWords
{
    private static readonly FrozenSet<uint> Numbers = Hashes(
        "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand million dozen pair both half third quarter first second " +
        "once twice thrice double triple");

    private static readonly FrozenSet<uint> Relations = Hashes(
        "each every per more less fewer than times remaining left rest total altogether combined percent percentage average ratio rate difference if after then before only until " +
        "twice half increase decrease increased decreased");

    /// <summary>Whether the word with this hash stands for a number.</summary>
    public static bool IsNumber(uint hash) => Numbers.Contains(hash);

    /// <summary>Whether the word with this hash relates quantities.</summary>
    public static bool IsRelation(uint hash) => Relations.Contains(hash);

    private static FrozenSet<uint> Hashes(string words)
    {
        var hashes = new HashSet<uint>();
        var counts = default(QueryCounts);
        var reader = new WordReader(words);
        while (reader.MoveNext(ref counts))
            hashes.Add(reader.Hash);
        return hashes.ToFrozenSet();
    }
}
