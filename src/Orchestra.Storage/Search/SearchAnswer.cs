namespace Orchestra.Storage.Search;

/// <summary>What a search found.</summary>
/// <param name="Passages">The passages, best first.</param>
/// <param name="Documents">Documents in the index.</param>
/// <param name="HasTerms">Whether the query had any word to look for.</param>
public sealed record SearchAnswer(IReadOnlyList<SearchPassage> Passages, int Documents, bool HasTerms);
