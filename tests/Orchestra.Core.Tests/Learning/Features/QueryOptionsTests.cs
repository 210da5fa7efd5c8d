using Orchestra.Core.Learning.Features;

namespace Orchestra.Core.Tests.Learning.Features;

public sealed class QueryOptionsTests
{
    [Theory]
    [InlineData("Where? A. Paris B. Rome", "Paris|Rome")]
    [InlineData("Where?\nA) Paris\nB) Rome\nC) Bonn\nAnswer with a letter.", "Paris|Rome|Bonn")]
    [InlineData("Where?\n(A) Paris (B) Rome", "Paris|Rome")]
    [InlineData("A: 1\nB: 2\n\nNow yours. Where? A: Paris B: Rome", "Paris|Rome")]
    [InlineData("A. B. ", "|")]
    [InlineData("Options: A. $35,000 B. [1, 0] C. x. y", "$35,000|[1, 0]|x. y")]
    public void Options_are_found_in_order(string query, string expected) => Texts(query).ShouldBe(expected.Split('|'));

    [Theory]
    [InlineData("A man has 3 dogs.")]
    [InlineData("Plan A. Nothing else.")]
    [InlineData("Vitamin A.B. and U.S.A. B")]
    [InlineData("")]
    public void A_query_without_options_has_none(string query) => Texts(query).ShouldBeEmpty();

    private static List<string> Texts(string query) => [.. QueryOptions.Find(query).Select(option => query[option])];
}
