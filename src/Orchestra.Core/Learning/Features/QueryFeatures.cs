namespace Orchestra.Core.Learning.Features;

/// <summary>
/// The features of a query: hashed words and pairs of words (the hashing trick of Weinberger et al. 2009, each bucket counted once, scaled to unit length), and numbers that describe its
/// structure. One object is a workspace that reads query after query without allocating.
/// </summary>
public sealed class QueryFeatures
{
    /// <summary>Buckets into which terms are hashed.</summary>
    public const int Buckets = 1 << 14;

    /// <summary>Different terms that are kept at most; of a longer query the first ones count.</summary>
    public const int MaxTerms = 4_096;

    private readonly int[] _terms = new int[MaxTerms];
    private readonly int[] _seen = new int[Buckets];
    private readonly float[] _structure = new float[QueryStructure.Count];
    private int _generation;
    private int _count;

    /// <summary>The buckets that occur, each once.</summary>
    public ReadOnlySpan<int> Terms => _terms.AsSpan(0, _count);

    /// <summary>The value of every bucket that occurs, so that the vector of terms has unit length; 0 where there is none.</summary>
    public float TermValue => _count == 0 ? 0 : 1 / MathF.Sqrt(_count);

    /// <summary>The structure, in the order of <see cref="QueryStructure.Names"/>.</summary>
    public ReadOnlySpan<float> Structure => _structure;

    /// <summary>Reads a query in place of the one before.</summary>
    public void Read(ReadOnlySpan<char> query)
    {
        _count = 0;
        _generation++;
        if (_generation == 0)
        {
            Array.Clear(_seen);
            _generation = 1;
        }

        var text = QueryExcerpt.Of(query);
        var counts = default(QueryCounts);
        counts.Begin(query.Length);
        var words = new WordReader(text.Head);
        Read(ref words, ref counts);
        if (!text.Tail.IsEmpty)
        {
            words = new WordReader(text.Tail);
            Read(ref words, ref counts);
        }

        QueryStructure.Write(counts, _structure);
    }

    private void Read(ref WordReader words, ref QueryCounts counts)
    {
        uint before = 0;
        while (words.MoveNext(ref counts))
        {
            var hash = words.Hash;
            if (counts.Count(words, !Add(hash)) && before != 0)
                Add(TermHash.Pair(before, hash));
            before = hash;
        }
    }

    /// <summary>Adds a term; false where its bucket occurred already.</summary>
    private bool Add(uint hash)
    {
        var bucket = (int)(hash & (Buckets - 1));
        if (_seen[bucket] == _generation)
            return false;
        _seen[bucket] = _generation;
        if (_count < MaxTerms)
            _terms[_count++] = bucket;
        return true;
    }
}
