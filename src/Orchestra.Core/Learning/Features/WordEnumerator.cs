namespace Orchestra.Core.Learning.Features;

/// <summary>Goes through the words and numbers of a text without copying them.</summary>
internal ref struct WordEnumerator(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The word at hand, with its hash in lower case.</summary>
    public HashedWord Current { get; private set; }

    /// <summary>Itself, for foreach.</summary>
    public readonly WordEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next word; false where there is none.</summary>
    public bool MoveNext()
    {
        var start = 0;
        while (start < _rest.Length && !char.IsLetterOrDigit(_rest[start]))
            start++;
        if (start == _rest.Length)
            return false;
        var end = start;
        var hash = TermHash.Start;
        for (; end < _rest.Length && char.IsLetterOrDigit(_rest[end]); end++)
            hash = TermHash.Add(hash, char.ToLowerInvariant(_rest[end]));
        Current = new HashedWord(TermHash.Mix(hash), end - start);
        _rest = _rest[end..];
        return true;
    }
}
