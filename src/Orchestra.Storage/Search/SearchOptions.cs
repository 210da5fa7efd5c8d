namespace Orchestra.Storage.Search;

/// <summary>What a search index covers and its bounds.</summary>
public sealed record SearchOptions
{
    /// <summary>The folder whose documents are searched; it may appear later.</summary>
    public required string Folder { get; init; }

    /// <summary>The index's own database file; made where it is missing, and refused where it holds something else.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>The least time between two looks at the folder; default 30 seconds, from zero to one day.</summary>
    public TimeSpan RescanInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a query waits for the look at the folder that it starts, before it answers from the index as it stands; default 2 seconds, from zero
    /// to one minute. The very first look is always waited for.
    /// </summary>
    public TimeSpan RescanWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of the largest file that is read; default 2 MiB, from 1 KiB to 64 MiB.</summary>
    public int MaxFileBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Files that are indexed at most; default 50,000, from 1 to 1,000,000.</summary>
    public int MaxFiles { get; init; } = 50_000;

    /// <summary>Words that a passage has at most; default 200, from 20 to 2,000.</summary>
    public int PassageWords { get; init; } = 200;

    /// <summary>Characters of a query that are looked at; default 4,096, from 16 to 65,536.</summary>
    public int MaxQueryLength { get; init; } = 4_096;

    /// <summary>Passages in an answer where the caller names no number; default 5, from 1 to 20.</summary>
    public int Results { get; init; } = 5;

    /// <summary>Characters of one passage in an answer; longer ones are cut; default 2,000, from 100 to 20,000.</summary>
    public int MaxPassageLength { get; init; } = 2_000;

    /// <summary>Queries that read the index at one time, the others wait; default 8, from 1 to 256.</summary>
    public int MaxConcurrency { get; init; } = 8;
}
