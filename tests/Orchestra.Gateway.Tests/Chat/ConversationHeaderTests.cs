using System.Net;
using System.Text;
using Orchestra.Core.Conversations;

namespace Orchestra.Gateway.Tests.Chat;

public sealed class ConversationHeaderTests
{
    private const string Header = "x-orchestra-conversation";

    [Fact]
    public async Task The_chat_that_a_query_belongs_to_is_read_and_bounded()
    {
        var seen = new List<string?>();
        await using var gateway = await RunningGateway.StartAsync((query, _) =>
        {
            seen.Add(query.ConversationId);
            return Task.FromResult(new Answer { TrajectoryId = "traj_1", Experts = ["a"], Body = "{}"u8.ToArray() });
        });

        (await AskAsync(gateway, "chat-7")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(gateway, null)).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(gateway, new string('x', 128))).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(gateway, new string('x', 129))).ShouldBe(HttpStatusCode.BadRequest);

        seen.ShouldBe(["chat-7", null, new string('x', 128)]);
    }

    private static async Task<HttpStatusCode> AskAsync(RunningGateway gateway, string? conversation)
    {
        using var client = gateway.Client();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(RunningGateway.Ask, Encoding.UTF8, "application/json") };
        if (conversation is not null)
            request.Headers.Add(Header, conversation);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
