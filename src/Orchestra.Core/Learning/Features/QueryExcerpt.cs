namespace Orchestra.Core.Learning.Features;

/// <summary>The parts of a long query that are read, so that the time of a decision has a bound: instructions stand at its beginning or its end.</summary>
/// <param name="head">The beginning, or all of a short query.</param>
/// <param name="tail">The end; empty where <paramref name="head"/> is all.</param>
internal readonly ref struct QueryExcerpt(ReadOnlySpan<char> head, ReadOnlySpan<char> tail)
{
    private const int MaxHead = 10_000;
    private const int MaxTail = 6_000;

    public ReadOnlySpan<char> Head { get; } = head;

    public ReadOnlySpan<char> Tail { get; } = tail;

    public static QueryExcerpt Of(ReadOnlySpan<char> query) =>
        query.Length <= MaxHead + MaxTail ? new(query, default) : new(query[..MaxHead], query[^MaxTail..]);
}
