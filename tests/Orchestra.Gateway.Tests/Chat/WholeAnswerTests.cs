using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Core.Errors;

namespace Orchestra.Gateway.Tests.Chat;

public sealed class WholeAnswerTests
{
    [Fact]
    public async Task The_body_goes_out_byte_for_byte_with_what_it_cost_and_who_answered()
    {
        const string body = """{ "choices": [ ],  "é": 1.0 }""";
        await using var gateway = await RunningGateway.StartAsync((_, _) => ScriptedConversations.Whole(body, nanos: 17_000, "small", "large"));

        using var response = await gateway.PostAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await response.Content.ReadAsStringAsync()).ShouldBe(body);
        response.Headers.GetValues(ResponseHeaders.Trajectory).ShouldBe(["traj_1"]);
        response.Headers.GetValues(ResponseHeaders.Experts).ShouldBe(["small,large"]);
        response.Headers.GetValues(ResponseHeaders.Cost).ShouldBe(["0.000017"]);
        var query = gateway.Conversations.Queries.ShouldHaveSingleItem();
        query.Caller.TenantId.ShouldBe("default");
        query.Request.LastUserText.ShouldBe("Hi");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sk-orch-k_1-wrong")]
    [InlineData(RunningGateway.AdminKey)]
    public async Task Without_a_good_key_nothing_is_asked(string? key)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = gateway.Client(key);

        using var response = await client.PostAsync("/v1/chat/completions", new StringContent(RunningGateway.Ask));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Single().Scheme.ShouldBe("Bearer");
        (await ErrorOf(response))["code"]!.GetValue<string>().ShouldBe(ErrorCode.InvalidApiKey);
        gateway.Conversations.Queries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_413_with_and_without_a_length(bool chunked)
    {
        await using var gateway = await RunningGateway.StartAsync();
        HttpContent body = chunked ? new StreamContent(new Unseekable(new byte[RunningGateway.MaxBodyBytes + 1])) : new ByteArrayContent(new byte[RunningGateway.MaxBodyBytes + 1]);

        using var response = await gateway.PostAsync(body);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await ErrorOf(response))["code"]!.GetValue<string>().ShouldBe(ErrorCode.BodyTooLarge);
    }

    [Fact]
    public async Task Wrong_json_is_400_with_its_position()
    {
        await using var gateway = await RunningGateway.StartAsync();

        using var response = await gateway.PostAsync("""{"model":"orchestra","messages":[}""");

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = await ErrorOf(response);
        error["code"]!.GetValue<string>().ShouldBe(ErrorCode.InvalidJson);
        error["message"]!.GetValue<string>().ShouldContain("byte 34");
    }

    [Fact]
    public async Task What_a_conversation_throws_is_the_answer_with_its_trajectory()
    {
        await using var gateway = await RunningGateway.StartAsync((_, _) =>
            throw new OrchestraException(ErrorCode.UpstreamFailed, 502, "The expert 'small' failed.") { TrajectoryId = "traj_7" });

        using var response = await gateway.PostAsync();

        response.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        response.Headers.GetValues(ResponseHeaders.Trajectory).ShouldBe(["traj_7"]);
        (await ErrorOf(response))["message"]!.GetValue<string>().ShouldBe("The expert 'small' failed.");
        gateway.Log.Lines.ShouldBeEmpty();
    }

    private static async Task<JsonNode> ErrorOf(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;

    /// <summary>A stream without a length, so that the client sends it in chunks.</summary>
    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
