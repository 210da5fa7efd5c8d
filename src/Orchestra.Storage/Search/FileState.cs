namespace Orchestra.Storage.Search;

/// <summary>What became of a file when it was last looked at; the numbers are stored.</summary>
internal enum FileState
{
    /// <summary>Its passages are in the index.</summary>
    Indexed = 0,

    /// <summary>It is not text.</summary>
    Binary = 1,

    /// <summary>It is larger than allowed.</summary>
    TooLarge = 2,
}
