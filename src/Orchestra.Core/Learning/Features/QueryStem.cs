namespace Orchestra.Core.Learning.Features;

/// <summary>Finds what stands before the options of a query while it is read: before the last <c>A.</c> that a <c>B.</c> follows, since a query shows its own options behind its examples.</summary>
internal struct QueryStem
{
    private QueryCounts _before;
    private bool _isOpen;

    /// <summary>What was counted before the options; null where there are none.</summary>
    public QueryCounts? Found { get; private set; }

    /// <summary>Sees a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="before">What was counted before it.</param>
    public void See(in WordReader word, in QueryCounts before)
    {
        if (!word.IsOption)
            return;
        if (word.First == 'A')
        {
            _before = before;
            _isOpen = true;
        }
        else if (word.First == 'B' && _isOpen)
        {
            Found = _before;
            _isOpen = false;
        }
    }
}
