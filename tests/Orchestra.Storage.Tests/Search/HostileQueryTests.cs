using FsCheck.Xunit;
using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

public sealed class HostileQueryTests : IAsyncLifetime, IDisposable
{
    private readonly Library _library = new();
    private readonly SearchIndex _index;

    public HostileQueryTests()
    {
        _library.Write("a.md", "# Heading\n\nNEAR the text there is AND an OR with NOT, and a heading: column.");
        _index = _library.Index();
    }

    public async Task InitializeAsync() => await _index.SearchAsync("heading", null, CancellationToken.None);

    public async Task DisposeAsync() => await _index.DisposeAsync();

    public void Dispose() => _library.Dispose();

    [Property(MaxTest = 300)]
    public async Task No_string_breaks_a_search(string? query)
    {
        var answer = await _index.SearchAsync(query ?? string.Empty, null, CancellationToken.None);
        answer.Documents.ShouldBe(1);
        answer.Passages.ShouldAllBe(passage => passage.Coverage >= 0 && passage.Coverage <= 1 && passage.Score > 0);
    }

    [Property(MaxTest = 300)]
    public async Task No_mixture_of_the_index_query_language_breaks_a_search(int[] picks)
    {
        string[] parts = ["\"", "'", "*", "^", "(", ")", "{", "}", ":", "+", "-", "NEAR", "NEAR(", "AND", "OR", "NOT", "heading", "text", ",", ";", "--", "\0", "\ud800", "\\", "%", "$any", " "];
        var query = string.Concat(picks.Select(pick => parts[Math.Abs(pick % parts.Length)]));
        (await _index.SearchAsync(query, null, CancellationToken.None)).Passages.Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [InlineData("text : nothing")]
    [InlineData("name:a")]
    [InlineData("NOT heading")]
    [InlineData("heading\" OR \"x")]
    [InlineData("'; DROP TABLE passages; --heading")]
    [InlineData("head* heading")]
    public async Task Syntax_is_read_as_words(string query)
    {
        (await _index.SearchAsync(query, null, CancellationToken.None)).Passages.Count.ShouldBe(query.Contains("head", StringComparison.Ordinal) || query.Contains("text", StringComparison.Ordinal) ? 1 : 0);
        (await _index.SearchAsync("heading", null, CancellationToken.None)).Passages.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_query_of_a_megabyte_is_looked_at_only_at_its_beginning()
    {
        var start = await _index.SearchAsync("heading " + new string('x', 1 << 20), null, CancellationToken.None);
        start.Passages.ShouldHaveSingleItem().Coverage.ShouldBe(0.5);

        var end = await _index.SearchAsync(new string('x', 1 << 20) + " heading", null, CancellationToken.None);
        end.Passages.ShouldBeEmpty();

        var words = await _index.SearchAsync(string.Join(' ', Enumerable.Range(0, 200_000)), null, CancellationToken.None);
        words.Passages.ShouldBeEmpty();
    }
}
