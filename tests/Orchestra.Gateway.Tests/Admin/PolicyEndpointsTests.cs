using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Gateway.Tests.OpenApi;

namespace Orchestra.Gateway.Tests.Admin;

public sealed class PolicyEndpointsTests
{
    private const string Rollout = "/admin/policies/rollout";

    [Fact]
    public async Task A_policy_goes_from_shadow_over_canary_to_all_and_back()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var document = await OpenApiDocument.ReadAsync(gateway);
        var id = (string)(await AddAsync(admin, PolicyBytes.Of(1), HttpStatusCode.Created))["id"]!;
        id.ShouldBe(PolicyBytes.IdOf(1));
        document.Differences(document.SchemaOf("PUT", "/admin/policies", "200"), await AddAsync(admin, PolicyBytes.Of(1), HttpStatusCode.OK), "policy").ShouldBeEmpty();
        (await admin.OkAsync("GET", "/admin/policies")).Of("id").ShouldBe([id]);

        var shadow = await admin.OkAsync("POST", $"/admin/policies/{id}/shadow");
        ((string?)shadow["candidate"], (string?)shadow["stage"], (string?)shadow["active"], (string?)shadow["conductor"]).ShouldBe((id, "shadow", null, "complexity"));
        var canary = await admin.OkAsync("POST", $"/admin/policies/{id}/canary", """{"share":0.05}""");
        ((string?)canary["stage"], (double)canary["share"]!, (long)canary["version"]!).ShouldBe(("canary", 0.05, 2));
        document.Differences(document.SchemaOf("GET", Rollout, "200"), canary, "rollout").ShouldBeEmpty();
        var promoted = await admin.OkAsync("POST", $"/admin/policies/{id}/promote");
        ((string?)promoted["active"], (string?)promoted["candidate"], promoted["stage"]).ShouldBe((id, null, null));
        var back = await admin.OkAsync("POST", "/admin/policies/rollback");
        ((string?)back["active"], (bool)back["can_go_back"]!).ShouldBe((null, false));

        var shown = await admin.OkAsync("GET", Rollout + "?limit=3");
        shown["log"]!.AsArray().Select(change => (string?)change!["action"]).ShouldBe(["rollback", "promote", "canary"]);
        var audit = await admin.OkAsync("GET", "/admin/audit?limit=5");
        audit.Of("action").ShouldBe(["policy.rollback", "policy.promote", "policy.canary", "policy.shadow", "policy.add"]);
        ((string?)audit["data"]![1]!["after"]!["active"], (string?)audit["data"]![4]!["target"]).ShouldBe((id, $"policies/{id}"));
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_and_says_why()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var refused = await AddAsync(admin, PolicyBytes.Damaged(1), HttpStatusCode.BadRequest);
        ((string?)refused["error"]!["code"]).ShouldBe("invalid_policy");
        (await admin.OkAsync("GET", "/admin/policies")).Of("id").ShouldBeEmpty();
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "POST", "/admin/policies/pol_0/shadow");
        await admin.FailAsync(HttpStatusCode.Conflict, "conflict", "POST", "/admin/policies/rollback");

        var id = (string)(await AddAsync(admin, PolicyBytes.Of(1), HttpStatusCode.Created))["id"]!;
        foreach (var body in new[] { "{}", """{"share":"0.1"}""", """{"share":0}""", """{"share":1.5}""" })
            (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", $"/admin/policies/{id}/canary", body)).Param.ShouldBe("share");
        await admin.OkAsync("POST", $"/admin/policies/{id}/promote");
        await admin.FailAsync(HttpStatusCode.Conflict, "conflict", "POST", $"/admin/policies/{id}/shadow");
        using var anybody = gateway.Client();
        await anybody.FailAsync(HttpStatusCode.Unauthorized, "invalid_api_key", "GET", Rollout);
    }

    [Fact]
    public async Task A_file_may_be_larger_than_any_query_but_not_than_64_MiB()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        var damaged = await AddAsync(admin, new byte[RunningGateway.MaxBodyBytes * 8], HttpStatusCode.BadRequest);
        ((string?)damaged["error"]!["code"]).ShouldBe("invalid_policy");
        var request = new HttpRequestMessage(HttpMethod.Put, "/admin/policies") { Content = new ByteArrayContent([]) { Headers = { ContentLength = 64 * 1024 * 1024 + 1 } } };
        request.Headers.ExpectContinue = true;
        using var response = await admin.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task<JsonNode> AddAsync(HttpClient admin, byte[] file, HttpStatusCode status)
    {
        using var response = await admin.PutAsync("/admin/policies", new ByteArrayContent(file));
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        return JsonNode.Parse(text)!;
    }
}
