using System.ClientModel;
using System.Net;
using System.Text;
using OpenAI;
using OpenAI.Chat;
using Orchestra.Cli.Replay;
using Orchestra.Core.Errors;
using Orchestra.Core.Learning.Outcomes;
using static Orchestra.Cli.Tests.Tables.Rows;

namespace Orchestra.Cli.Tests.Replay;

/// <summary>The real server on loopback, asked by OpenAI's own client.</summary>
public sealed class ReplayServerTests : IAsyncLifetime, IDisposable
{
    private const string LongAnswer = "Seven crows 🐦‍⬛ and six more make thirteen birds, said the élève — and so it is.\n#### 13\n";
    private readonly HurriedClock _clock = new();
    private readonly ReplayTable _table = new();
    private readonly HttpClient _http = new();
    private ReplayServer _server = null!;

    public async Task InitializeAsync()
    {
        _table.Add(Row("  How many birds?\n", ("small", new Outcome(1) { Response = LongAnswer, InputTokens = 11, OutputTokens = 23, LatencySeconds = 2 }), ("large", Said("13"))), []);
        _table.Add(Row("How many birds?", ("small", Said("a second row with the same prompt"))), []);
        _table.Add(Row("Only the small one answered.", ("small", Said("yes")), ("large", new Outcome(0))), []);
        _server = await ReplayServer.StartAsync(_table, new ReplayOptions(), TimeProvider.System, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_known_prompt_gets_the_recorded_response_and_token_counts()
    {
        ChatCompletion answer = await Client("small").CompleteChatAsync([new UserChatMessage("How many birds?")]);

        answer.Content[0].Text.ShouldBe(LongAnswer);
        (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount).ShouldBe((11, 23, 34));
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Model.ShouldBe("small");
    }

    [Fact]
    public async Task Token_counts_that_are_not_recorded_are_estimated_from_the_text()
    {
        ChatCompletion answer = await Client("large").CompleteChatAsync([new UserChatMessage("How many birds?")]);

        // A quarter of the prompt's 18 characters as it stands in the table, and of the response's 2, both rounded up.
        (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount).ShouldBe((5, 1));
    }

    [Fact]
    public async Task A_stream_brings_the_response_in_pieces_and_the_usage_at_the_end()
    {
        var text = new StringBuilder();
        var pieces = 0;
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        await foreach (var update in Client("small").CompleteChatStreamingAsync([new UserChatMessage("How many birds?")]))
        {
            pieces += update.ContentUpdate.Count > 0 && update.ContentUpdate[0].Text.Length > 0 ? 1 : 0;
            text.Append(update.ContentUpdate.Count > 0 ? update.ContentUpdate[0].Text : "");
            usage ??= update.Usage;
            finish ??= update.FinishReason;
        }

        text.ToString().ShouldBe(LongAnswer);
        pieces.ShouldBeGreaterThan(3);
        (usage!.InputTokenCount, usage.OutputTokenCount).ShouldBe((11, 23));
        finish.ShouldBe(ChatFinishReason.Stop);
    }

    [Fact]
    public async Task A_stream_has_no_usage_where_the_client_did_not_ask_for_it()
    {
        var (status, body) = await PostAsync("""{"model": "small", "stream": true, "messages": [{"role": "user", "content": "How many birds?"}]}""");

        status.ShouldBe(HttpStatusCode.OK);
        body.ShouldNotContain("usage");
        body.ShouldEndWith("data: [DONE]\n\n");
    }

    [Fact]
    public async Task Notes_behind_a_known_prompt_and_messages_before_it_do_not_hide_it()
    {
        ChatCompletion answer = await Client("small").CompleteChatAsync(
            [
                new SystemChatMessage("Be brief."),
                new UserChatMessage("Only the small one answered."),
                new AssistantChatMessage("yes"),
                new UserChatMessage(ChatMessageContentPart.CreateTextPart("How many birds?")),
                new AssistantChatMessage("12"),
                new UserChatMessage("A previous answer was rejected because it was wrong."),
            ]);

        answer.Content[0].Text.ShouldBe(LongAnswer);
    }

    [Fact]
    public async Task An_unknown_prompt_is_404_and_is_not_repeated_in_the_error()
    {
        var error = await Should.ThrowAsync<ClientResultException>(() => Client("small").CompleteChatAsync([new UserChatMessage("What is my secret?")]));

        error.Status.ShouldBe(404);
        error.Message.ShouldContain("recorded prompts only");
        error.Message.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_model_without_a_recorded_response_to_the_prompt_is_404()
    {
        var error = await Should.ThrowAsync<ClientResultException>(() => Client("large").CompleteChatAsync([new UserChatMessage("Only the small one answered.")]));

        error.Status.ShouldBe(404);
        error.Message.ShouldContain("no recorded response of 'large'");
    }

    [Fact]
    public async Task An_unknown_model_is_404_and_the_error_names_the_known_ones()
    {
        var error = await Should.ThrowAsync<ClientResultException>(() => Client("huge").CompleteChatAsync([new UserChatMessage("How many birds?")]));

        error.Status.ShouldBe(404);
        error.Message.ShouldContain("model_not_found");
        error.Message.ShouldContain("small, large");
    }

    [Fact]
    public async Task The_models_of_the_tables_are_listed()
    {
        var models = await new OpenAIClient(new ApiKeyCredential("any"), Options()).GetOpenAIModelClient().GetModelsAsync();

        models.Value.Select(model => model.Id).ShouldBe(["small", "large"]);
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, "invalid_json")]
    [InlineData("""{"model": "small", "messages": []}""", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("""{"model": "small", "n": 2, "messages": [{"role": "user", "content": "How many birds?"}]}""", HttpStatusCode.BadRequest, "invalid_request")]
    public async Task A_wrong_request_is_400_in_OpenAI_s_form(string body, HttpStatusCode expected, string code)
    {
        var (status, answer) = await PostAsync(body);

        status.ShouldBe(expected);
        answer.ShouldContain($"\"code\":\"{code}\"");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        using var content = new StringContent(new string(' ', ReplayServer.MaxBodyBytes + 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Url, "/v1/chat/completions")) { Content = content };
        // The server refuses by the announced length, before the body is on its way.
        request.Headers.ExpectContinue = true;

        using var response = await _http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await response.Content.ReadAsStringAsync()).ShouldContain("body_too_large");
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_404_and_health_is_200()
    {
        (await _http.GetAsync(new Uri(_server.Url, "/v1/embeddings"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _http.GetAsync(new Uri(_server.Url, "/readyz"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true, "small", 2.0)]
    [InlineData(false, "small", 2.0)]
    [InlineData(false, "large", 0.32)] // not recorded: 0.3 s, and 1 token at 50 a second
    public async Task With_latency_a_reply_takes_as_long_as_recorded(bool stream, string model, double seconds)
    {
        await using var slow = await ReplayServer.StartAsync(_table, new ReplayOptions { Latency = true }, _clock, CancellationToken.None);
        using var content = new StringContent($$"""{"model": "{{model}}", "stream": {{(stream ? "true" : "false")}}, "messages": [{"role": "user", "content": "How many birds?"}]}""");

        (await _http.PostAsync(new Uri(slow.Url, "/v1/chat/completions"), content)).StatusCode.ShouldBe(HttpStatusCode.OK);

        // A delay is cut to whole milliseconds, once for each piece.
        _clock.Waited.TotalSeconds.ShouldBe(seconds, 0.01);
        _clock.Waits.ShouldBe(stream ? (LongAnswer.Length + 15) / 16 : 1);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_a_clear_error()
    {
        var error = await Should.ThrowAsync<OrchestraException>(() =>
            ReplayServer.StartAsync(_table, new ReplayOptions { Port = _server.Url.Port }, TimeProvider.System, CancellationToken.None));

        error.Message.ShouldContain("--port");
    }

    private ChatClient Client(string model) => new(model, new ApiKeyCredential("any"), Options());

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(_server.Url, "/v1") };

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string body)
    {
        using var content = new StringContent(body);
        using var response = await _http.PostAsync(new Uri(_server.Url, "/v1/chat/completions"), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
