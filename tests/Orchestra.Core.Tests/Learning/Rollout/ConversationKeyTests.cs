using System.Text;
using Orchestra.Core.Chat;
using Orchestra.Core.Learning.Rollout;

namespace Orchestra.Core.Tests.Learning.Rollout;

public sealed class ConversationKeyTests
{
    private const string First = """{"role":"user","content":"Hi"}""";

    [Fact]
    public void All_turns_of_a_chat_have_one_key() =>
        Of($$"""{"role":"system","content":"Be kind"},{{First}},{"role":"assistant","content":"Hello"},{"role":"user","content":"More"}""").ShouldBe(Of(First));

    [Fact]
    public void Tenants_never_share_a_key() => Of(First, tenant: "b").ShouldNotBe(Of(First));

    [Theory]
    [InlineData("\"prompt_cache_key\":\"c1\"")]
    [InlineData("\"metadata\":{\"conversation_id\":\"c1\"}")]
    [InlineData("\"user\":\"c1\"")]
    public void An_id_in_the_request_counts_more_than_its_text(string field)
    {
        Of(First, field).ShouldNotBe(Of(First));
        Of("""{"role":"user","content":"Other"}""", field).ShouldBe(Of(First, field));
    }

    [Fact]
    public void A_given_id_counts_most() => Of("""{"role":"user","content":"Other"}""", given: "g").ShouldBe(Of(First, "\"user\":\"c1\"", given: "g"));

    [Theory]
    [InlineData("\"user\":7")]
    [InlineData("\"metadata\":[]")]
    [InlineData("\"prompt_cache_key\":\"\"")]
    public void An_id_of_a_wrong_kind_is_none(string field) => Of(First, field).ShouldBe(Of(First));

    [Fact]
    public void A_growing_share_keeps_its_conversations_and_has_about_its_size()
    {
        var keys = Enumerable.Range(0, 10_000).Select(i => Of(First, given: $"{i}")).ToList();
        keys.Count(key => key.IsWithin("pol_1", 0.05)).ShouldBeInRange(400, 600);
        keys.Where(key => key.IsWithin("pol_1", 0.05)).ShouldAllBe(key => key.IsWithin("pol_1", 0.2));
        keys.ShouldAllBe(key => key.IsWithin("pol_1", 1) && !key.IsWithin("pol_1", 0));
    }

    private static ConversationKey Of(string messages, string? field = null, string tenant = "a", string? given = null) => ConversationKey.Of(
        tenant, ChatRequestReader.Read(Encoding.UTF8.GetBytes($$"""{"model":"orchestra","messages":[{{messages}}]{{(field is null ? "" : "," + field)}}}""")), given);
}
