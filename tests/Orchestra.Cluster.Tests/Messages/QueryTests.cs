using System.Text;
using Orchestra.Core.Budgets;
using Orchestra.Core.Chat;
using Orchestra.Core.Conversations;
using Orchestra.Core.Errors;
using Orchestra.Core.Experts;
using Orchestra.Core.Tenants;
using Orchestra.Grains.Messages;

namespace Orchestra.Cluster.Tests.Messages;

public sealed class QueryTests
{
    private const string Body = """{"model":"orchestra","stream":true,"mystery":{"deep":[1,2.50,"é"]},"messages":[{"role":"user","content":"Hi there"}],"max_tokens":7}""";
    private static readonly ChatRequest Request = ChatRequestReader.Read(Encoding.UTF8.GetBytes(Body));
    private static readonly Payer Payer = new("tenant", "team", string.Empty, "key");

    [Fact]
    public void A_query_is_itself_again_and_its_body_the_same_bytes()
    {
        var query = new Query(new Caller(Payer) { AllowedExperts = new HashSet<string>(["small", "calculator"], StringComparer.Ordinal) }, Request) { ConversationId = "chat-7" };
        var arrived = Wire.Cross(QueryMessage.Of(query)).ToQuery();
        arrived.Caller.Payer.ShouldBe(Payer);
        arrived.Caller.AllowedExperts.ShouldBe(["small", "calculator"], ignoreOrder: true);
        arrived.ConversationId.ShouldBe("chat-7");
        Encoding.UTF8.GetString(arrived.Request.Body.Span).ShouldBe(Body);
        (arrived.Request.Model, arrived.Request.Stream, arrived.Request.MaxOutputTokens).ShouldBe((Request.Model, Request.Stream, Request.MaxOutputTokens));
    }

    [Fact]
    public void Who_may_use_all_experts_may_use_all_elsewhere() =>
        Wire.Cross(QueryMessage.Of(new Query(new Caller(Payer), Request))).ToQuery().Caller.MayUse("anything").ShouldBeTrue();

    [Fact]
    public void Who_may_use_no_expert_may_use_none_elsewhere() =>
        Wire.Cross(QueryMessage.Of(new Query(new Caller(Payer) { AllowedExperts = new HashSet<string>() }, Request))).ToQuery().Caller.MayUse("anything").ShouldBeFalse();

    [Fact]
    public void A_body_that_is_no_request_is_refused_where_it_arrives()
    {
        var message = new QueryMessage(PayerMessage.Of(Payer), null, Encoding.UTF8.GetBytes("""{"model":"""), null);
        Should.Throw<OrchestraException>(() => Wire.Cross(message).ToQuery()).Status.ShouldBe(400);
    }

    [Fact]
    public void A_call_of_an_expert_is_itself_again()
    {
        var edits = new RequestEdits { MaxOutputTokens = 9, AppendMessages = ["{\"role\":\"user\"}"], ReplaceMessages = ["{}", "[]"], Tools = "[]", Bare = true };
        var arrived = Wire.Cross(ExpertCallMessage.Of(new ExpertCall("call_1", Request, edits, "1+1") { IncludeUsage = true })).ToCall();
        (arrived.Id, arrived.Arguments, arrived.IncludeUsage).ShouldBe(("call_1", "1+1", true));
        Wire.Text(arrived.Edits).ShouldBe(Wire.Text(edits));
        Encoding.UTF8.GetString(arrived.Request.Body.Span).ShouldBe(Body);
        Wire.Cross(ExpertCallMessage.Of(new ExpertCall("call_1", Request, RequestEdits.None))).ToCall().Edits.ReplaceMessages.ShouldBeNull();
    }
}
