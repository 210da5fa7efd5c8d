namespace Orchestra.Core.Learning.Evaluation.Baselines;

/// <summary>Unit vectors of texts: words and pairs of words, hashed and weighted by how rare they are among the texts.</summary>
internal static class HashedWords
{
    private const uint Offset = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The vectors of the texts, each of length 1, or 0 for a text without words.</summary>
    public static float[][] Embed(IReadOnlyList<string> texts, int dimensions)
    {
        var hashes = texts.Select(Hash).ToList();
        var documents = new Dictionary<uint, int>();
        foreach (var hash in hashes.SelectMany(each => each.Distinct()))
            documents[hash] = documents.GetValueOrDefault(hash) + 1;
        return [.. hashes.Select(each => Vector(each, hash => MathF.Log((1f + texts.Count) / documents[hash]), dimensions))];
    }

    private static float[] Vector(List<uint> hashes, Func<uint, float> weight, int dimensions)
    {
        var vector = new float[dimensions];
        foreach (var group in hashes.GroupBy(hash => hash))
            vector[(group.Key >> 1) % dimensions] += (group.Key & 1) == 0 ? weight(group.Key) * MathF.Sqrt(group.Count()) : -weight(group.Key) * MathF.Sqrt(group.Count());
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        if (length > 0)
        {
            for (var i = 0; i < vector.Length; i++)
                vector[i] /= length;
        }

        return vector;
    }

    private static List<uint> Hash(string text)
    {
        var hashes = new List<uint>();
        var previous = 0u;
        var word = Offset;
        var isInWord = false;
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
            {
                word = (word ^ char.ToLowerInvariant(letter)) * Prime;
                isInWord = true;
            }
            else if (isInWord)
            {
                End();
            }
        }

        if (isInWord)
            End();
        return hashes;

        void End()
        {
            hashes.Add(Mix(word));
            if (previous != 0)
                hashes.Add(Mix((previous * Prime) ^ word));
            previous = word;
            word = Offset;
            isInWord = false;
        }
    }

    private static uint Mix(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
