namespace Orchestra.Storage.Search;

/// <summary>What one look at the folder did to the index.</summary>
/// <param name="Documents">Documents in the index afterwards.</param>
/// <param name="Read">Files that were opened and read, because they are new or changed.</param>
/// <param name="Removed">Files that left the index.</param>
/// <param name="Skipped">Files that are too large, binary or unreadable.</param>
public sealed record IndexPassReport(int Documents, int Read, int Removed, int Skipped);
