namespace Orchestra.Core.Learning.Features;

/// <summary>
/// The features of a query: hashed words and pairs of words (the hashing trick of Weinberger et al. 2009, each bucket counted once, scaled to unit length), and numbers that describe its
/// structure, of all of it and of its stem: what stands before the options, where there are any. One object is a workspace that reads query after query without allocating.
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
    private readonly float[] _stem = new float[QueryStructure.Count];
    private int _generation;
    private int _count;

    /// <summary>The buckets that occur, each once.</summary>
    public ReadOnlySpan<int> Terms => _terms.AsSpan(0, _count);

    /// <summary>The value of every bucket that occurs, so that the vector of terms has unit length; 0 where there is none.</summary>
    public float TermValue => _count == 0 ? 0 : 1 / MathF.Sqrt(_count);

    /// <summary>The structure, in the order of <see cref="QueryStructure.Names"/>.</summary>
    public ReadOnlySpan<float> Structure => _structure;

    /// <summary>The structure of what stands before the options; that of the whole query where it has none.</summary>
    public ReadOnlySpan<float> Stem => _stem;

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
        var stem = default(QueryStem);
        Read(text.Head, 0, ref counts, ref stem);
        Read(text.Tail, query.Length - text.Tail.Length, ref counts, ref stem);
        counts.Characters = query.Length;
        QueryStructure.Write(counts, _structure);
        QueryStructure.Write(stem.Found ?? counts, _stem);
    }

    private void Read(ReadOnlySpan<char> text, int offset, ref QueryCounts counts, ref QueryStem stem)
    {
        var words = new WordReader(text);
        uint before = 0;
        while (words.MoveNext(ref counts))
        {
            counts.Characters = offset + words.Start;
            stem.See(words, counts);
            var hash = words.Hash;
            counts.Count(words, !Add(hash));
            if (before != 0)
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
