using Orchestra.Storage.Search;

namespace Orchestra.Storage.Tests.Search;

public class SearchTermsTests
{
    [Theory]
    [InlineData("How do I reset the Password?", new[] { "reset", "password" })]
    [InlineData("Don't we've it's", new string[0])]
    [InlineData("one ONE One", new[] { "one" })]
    [InlineData("a-b_c 3.14 x²", new[] { "b", "c", "3", "14", "x²" })]
    [InlineData("\ud83d lone \udc00 halves 😀", new[] { "lone", "halves" })]
    public void Content_words_are_read_once_and_in_lower_case(string query, string[] words) =>
        SearchTerms.Read(query, 4096).Words.ShouldBe(words);

    [Fact]
    public void Every_word_is_quoted()
    {
        var terms = SearchTerms.Read("NEAR budget", 4096);

        terms.Expression.ShouldBe("\"near\" OR \"budget\"");
        terms.WordExpressions.ShouldContain("budget");
    }

    [Fact]
    public void Number_and_length_of_words_are_bounded()
    {
        SearchTerms.Read(string.Join(' ', Enumerable.Range(100, 500)), 65_536).Words.Count.ShouldBe(SearchTerms.MaxTerms);
        SearchTerms.Read(new string('x', 5000), 4096).Words.ShouldBe([new string('x', 64)]);
        SearchTerms.Read("alpha beta", 5).Words.ShouldBe(["alpha"]);
    }
}
