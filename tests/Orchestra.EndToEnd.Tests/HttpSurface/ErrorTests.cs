using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

public sealed class ErrorTests
{
    private const string Hi = """{"model":"small","messages":[{"role":"user","content":"Hi"}]}""";

    private static async Task<JsonNode> ErrorAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, customMessage: text);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var error = JsonNode.Parse(text)!["error"]!;
        ((string)error["code"]!).ShouldBe(code);
        ((string)error["message"]!).ShouldNotBeEmpty();
        error.AsObject().Select(field => field.Key).ShouldBe(["message", "type", "code", "param"]);
        return error;
    }

    [Theory]
    [InlineData("{\"model\":", "invalid_json")]
    [InlineData("", "invalid_json")]
    [InlineData("[1,2]", "invalid_request")]
    [InlineData("""{"model":"small"}""", "invalid_request")]
    [InlineData("""{"model":"small","messages":[]}""", "invalid_request")]
    [InlineData("""{"model":"small","messages":[{"role":"wizard","content":"x"}]}""", "invalid_request")]
    [InlineData("""{"model":"small","model":"orchestra","messages":[{"role":"user","content":"x"}]}""", "invalid_request")]
    [InlineData("""{"model":"small","max_tokens":-5,"messages":[{"role":"user","content":"x"}]}""", "invalid_request")]
    public async Task A_wrong_body_is_400(string body, string code)
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        await ErrorAsync(await node.PostAsync(body), HttpStatusCode.BadRequest, code);
        node.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_json_is_answered_with_its_position()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        var error = await ErrorAsync(await node.PostAsync("{\n \"model\": oops}"), HttpStatusCode.BadRequest, "invalid_json");
        ((string)error["message"]!).ShouldContain("line 2, byte 11");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_413(bool withLength)
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()), "Orchestra:Gateway:MaxBodyBytes=4096");
        using var client = node.Client();
        var body = Encoding.UTF8.GetBytes($$"""{"model":"small","messages":[{"role":"user","content":"{{new string('x', 5000)}}"}]}""");
        using HttpContent content = withLength ? new ByteArrayContent(body) : new StreamContent(new Unsized(body));
        await ErrorAsync(await client.PostAsync("/v1/chat/completions", content), HttpStatusCode.RequestEntityTooLarge, "body_too_large");
    }

    [Fact]
    public async Task An_unknown_model_or_path_is_404()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        var error = await ErrorAsync(await node.PostAsync(Hi.Replace("small", "gpt-99")), HttpStatusCode.NotFound, "model_not_found");
        ((string)error["message"]!).ShouldContain("small");
        await ErrorAsync(await node.PostAsync(Hi, path: "/v1/nothing"), HttpStatusCode.NotFound, "not_found");
        using var client = node.Client();
        await ErrorAsync(await client.GetAsync("/v1/chat/completions"), HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer sk-orch-nobody-0000")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task No_or_a_wrong_key_is_401(string authorization)
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        using var client = new HttpClient { BaseAddress = new Uri(node.Url) };
        if (authorization.Length > 0)
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        using var content = new StringContent(Hi);
        await ErrorAsync(await client.PostAsync("/v1/chat/completions", content), HttpStatusCode.Unauthorized, "invalid_api_key");
        await ErrorAsync(await client.GetAsync("/v1/models"), HttpStatusCode.Unauthorized, "invalid_api_key");
        await ErrorAsync(await client.GetAsync("/admin/tenants"), HttpStatusCode.Unauthorized, "invalid_api_key");
    }

    [Fact]
    public async Task A_tenants_key_opens_no_admin_endpoint_and_the_admin_key_asks_no_expert()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        using var tenant = node.Client();
        await ErrorAsync(await tenant.GetAsync("/admin/tenants"), HttpStatusCode.Unauthorized, "invalid_api_key");
        await ErrorAsync(await node.PostAsync(Hi, node.AdminKey), HttpStatusCode.Unauthorized, "invalid_api_key");
    }

    [Fact]
    public async Task A_prompt_over_every_context_window_is_400()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        var body = $$"""{"model":"orchestra","messages":[{"role":"user","content":"{{string.Concat(Enumerable.Repeat("many words ", 3000))}}"}]}""";
        await ErrorAsync(await node.PostAsync(body), HttpStatusCode.BadRequest, "context_length_exceeded");
        node.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_upstream_that_is_down_is_502_and_named()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Status(500)));
        var response = await node.PostAsync(Hi);
        var error = await ErrorAsync(response, HttpStatusCode.BadGateway, "upstream_failed");
        ((string)error["message"]!).ShouldContain("small");
        var id = response.Headers.GetValues("x-orchestra-trajectory").Single();
        ((string)(await node.TrajectoryAsync(id))["outcome"]!).ShouldBe("upstream_failed");
        ((string)(await node.SettledBudgetAsync())["spent_usd"]!).ShouldBe("0");
    }

    [Fact]
    public async Task An_upstream_that_asks_to_wait_is_503_with_retry_after()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Status(429, "{}", "Retry-After: 120")));
        var response = await node.PostAsync(Hi);
        await ErrorAsync(response, HttpStatusCode.ServiceUnavailable, "overloaded");
        response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(100, 120);
    }

    [Fact]
    public async Task A_query_that_nobody_can_answer_says_what_to_configure()
    {
        using var folder = new TemporaryFolder();
        await using var node = await NodeProcess.StartAsync(folder.Path, folder.Write("orchestra.json", """{"Orchestra":{"Experts":{"calculator":{"Kind":"calculator"}}}}"""));
        using var client = node.Client(node.PrintedKey());
        using var content = new StringContent("""{"model":"orchestra","messages":[{"role":"user","content":"Write a poem about rain."}]}""");
        var error = await ErrorAsync(await client.PostAsync("/v1/chat/completions", content), HttpStatusCode.ServiceUnavailable, "no_expert");
        ((string)error["message"]!).ShouldContain("OPENAI_API_KEY");
    }

    [Fact]
    public async Task Administration_answers_with_clear_errors()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer()));
        using var admin = node.Admin();
        (await admin.PostAsJsonAsync("/admin/tenants", new { id = "acme", name = "Acme" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        await ErrorAsync(await admin.PostAsJsonAsync("/admin/tenants", new { id = "acme", name = "Again" }), HttpStatusCode.Conflict, "conflict");
        await ErrorAsync(await admin.PostAsJsonAsync("/admin/tenants", new { id = "No Spaces", name = "x" }), HttpStatusCode.BadRequest, "invalid_request");
        await ErrorAsync(await admin.PostAsJsonAsync("/admin/tenants/nobody/keys", new { }), HttpStatusCode.NotFound, "not_found");
        var missing = await ErrorAsync(await admin.PostAsJsonAsync("/admin/tenants", new { name = "Nameless" }), HttpStatusCode.BadRequest, "invalid_request");
        ((string)missing["param"]!).ShouldBe("id");
        ((string)missing["message"]!).ShouldNotContain("TenantRequest");
        foreach (var limit in (string[])["\"-1\"", "\"1e3\"", "\"NaN\"", "\"0.0000000001\"", "\"99999999999999999999\"", "true"])
        {
            using var content = new StringContent($$"""{"limit_usd":{{limit}},"window":"total"}""");
            (await admin.PutAsync("/admin/tenants/acme/budget", content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, customMessage: limit);
        }

        await ErrorAsync(await admin.PutAsJsonAsync("/admin/tenants/acme/budget", new { limit_usd = "1", window = "yearly" }), HttpStatusCode.BadRequest, "invalid_request");
        var set = await admin.PutAsJsonAsync("/admin/tenants/acme/budget", new { limit_usd = "12.50", window = "monthly" });
        (await set.Content.ReadAsStringAsync()).ShouldBe("""{"limit_usd":"12.5","spent_usd":"0","reserved_usd":"0","window":"monthly"}""");
        var key = (string)(await (await admin.PostAsync("/admin/tenants/acme/keys", null)).Content.ReadFromJsonAsync<JsonNode>())!["key"]!;
        (await node.PostAsync(Hi, key)).EnsureSuccessStatusCode();
    }

    /// <summary>A body whose length is not known beforehand.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
