namespace Orchestra.Storage.Search;

/// <summary>What the index remembers of a file, to tell whether it changed.</summary>
/// <param name="Id">Its number; its passages' numbers begin with it.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Modified">When it was last written, in ticks UTC.</param>
/// <param name="Hash">The SHA-256 of its bytes; empty where they were not read.</param>
/// <param name="State">What became of it.</param>
internal sealed record IndexedFile(long Id, long Length, long Modified, byte[] Hash, FileState State);
