using System.Net;
using System.Text.Json.Nodes;

namespace Orchestra.Gateway.Tests.Admin;

public sealed class KeyEndpointsTests
{
    [Fact]
    public async Task A_key_has_all_that_it_was_given_and_shows_its_text_once()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.CreateAsync("/admin/teams", """{"tenant":"default","id":"red","limits":{"requests_per_minute":7}}""");
        await admin.CreateAsync("/admin/users", """{"tenant":"default","id":"ann"}""");

        using var response = await admin.CallAsync("POST", "/admin/keys", """
            {"tenant":"default","team":"red","user":"ann","name":"laptop","expires_at":"2999-12-31T23:59:59.5+01:00","allowed_experts":["calculator"],
             "metadata":{"project":"apollo","cost-centre":"42"},"limits":{"concurrent_requests":2}}
            """);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue("Nobody on the way may keep a key.");
        response.Headers.ETag!.ToString().ShouldBe("\"1\"");
        var made = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        var text = (string)made["key"]!;
        made.Remove("key");

        var shown = await admin.OkAsync("GET", $"/admin/keys/{made["id"]}");
        JsonNode.DeepEquals(shown, made).ShouldBeTrue(shown.ToJsonString());
        ((string?)made["tenant"], (string?)made["team"], (string?)made["user"], (string?)made["name"], (string?)made["expires_at"], (string?)made["metadata"]!["project"], (int)made["limits"]!["concurrent_requests"]!)
            .ShouldBe(("default", "red", "ann", "laptop", "2999-12-31T22:59:59.5+00:00", "apollo", 2));
        made["allowed_experts"]!.ToJsonString().ShouldBe("""["calculator"]""");
        shown.ToJsonString().ShouldNotContain(text[^64..]);
        shown.ToJsonString().ShouldNotContain("hash");
        (await admin.OkAsync("GET", "/admin/keys?tenant=default&team=red")).Of("id").ShouldBe([(string)made["id"]!]);
        using var client = gateway.Client(text);
        JsonNode.Parse(await client.GetStringAsync("/v1/models"))!.Of("id").ShouldBe(["orchestra", "calculator"]);
    }

    [Fact]
    public async Task The_caller_carries_every_level_and_its_limits()
    {
        await using var gateway = await RunningGateway.StartAsync((_, _) => ScriptedConversations.Whole("{}"));
        using var admin = gateway.Admin();
        await admin.OkAsync("PATCH", "/admin/tenants/default", """{"limits":{"requests_per_minute":1001}}""");
        await admin.CreateAsync("/admin/teams", """{"tenant":"default","id":"red","limits":{"requests_per_minute":1002}}""");
        await admin.CreateAsync("/admin/users", """{"tenant":"default","id":"ann","limits":{"requests_per_minute":1003}}""");
        var key = await admin.CreateAsync("/admin/keys", """{"tenant":"default","team":"red","user":"ann","limits":{"requests_per_minute":1004}}""");
        using var client = gateway.Client((string)key["key"]!);

        (await client.CallAsync("POST", "/v1/chat/completions", RunningGateway.Ask)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var caller = gateway.Conversations.Queries.ShouldHaveSingleItem().Caller;
        (caller.Payer.TenantId, caller.Payer.TeamId, caller.Payer.UserId, caller.Payer.KeyId).ShouldBe(("default", "red", "ann", (string)key["id"]!));
        new[] { caller.TenantLimits, caller.TeamLimits, caller.UserLimits, caller.KeyLimits }.Select(limits => limits.RequestsPerMinute).ShouldBe([1001, 1002, 1003, 1004]);
    }

    [Fact]
    public async Task A_rotated_key_has_two_good_texts_until_the_grace_ends()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var first = await admin.CreateAsync("/admin/keys", """{"tenant":"default"}""");
        var path = $"/admin/keys/{first["id"]}";
        await UsesAsync(gateway, first, HttpStatusCode.OK);

        using var response = await admin.CallAsync("POST", $"{path}/rotate", """{"grace_seconds":3600}""");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var second = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        ((string?)second["id"], (int)second["version"]!, second["previous_secret_until"] is null).ShouldBe(((string?)first["id"], 2, false));
        await UsesAsync(gateway, first, HttpStatusCode.OK);
        await UsesAsync(gateway, second, HttpStatusCode.OK);

        var third = await admin.OkAsync("POST", $"{path}/rotate", """{"grace_seconds":0}""", "\"2\"");
        await UsesAsync(gateway, first, HttpStatusCode.Unauthorized);
        await UsesAsync(gateway, second, HttpStatusCode.Unauthorized);
        await UsesAsync(gateway, third, HttpStatusCode.OK);
        await admin.FailAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", "POST", $"{path}/rotate", null, "\"2\"");
        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", $"{path}/rotate", """{"grace_seconds":2592001}""")).Param.ShouldBe("grace_seconds");
        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", $"{path}/rotate", """{"grace_seconds":-1}""")).Param.ShouldBe("grace_seconds");
        (await admin.OkAsync("POST", $"{path}/rotate"))["previous_secret_until"].ShouldNotBeNull("24 hours is the default.");
    }

    [Fact]
    public async Task A_disabled_or_deleted_key_is_refused_at_once_and_told_why()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var key = await admin.CreateAsync("/admin/keys", """{"tenant":"default"}""");
        var path = $"/admin/keys/{key["id"]}";
        await UsesAsync(gateway, key, HttpStatusCode.OK);

        await admin.OkAsync("PATCH", path, """{"disabled":true}""");
        (await UsesAsync(gateway, key, HttpStatusCode.Unauthorized)).ShouldStartWith("This key is disabled.");
        await admin.OkAsync("PATCH", path, """{"disabled":false}""");
        await UsesAsync(gateway, key, HttpStatusCode.OK);
        await admin.ExpectAsync(HttpStatusCode.NoContent, "DELETE", path);
        (await UsesAsync(gateway, key, HttpStatusCode.Unauthorized)).ShouldStartWith("This key was deleted.");
        (await admin.OkAsync("GET", "/admin/keys")).Of("id").ShouldNotContain((string)key["id"]!);
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "POST", $"{path}/rotate");
    }

    [Theory]
    [InlineData("/admin/tenants/acme", "tenant")]
    [InlineData("/admin/teams/acme/red", "team")]
    [InlineData("/admin/users/acme/ann", "user")]
    public async Task A_key_is_good_only_while_everybody_above_it_is(string owner, string level)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.CreateAsync("/admin/tenants", """{"id":"acme"}""");
        await admin.CreateAsync("/admin/teams", """{"tenant":"acme","id":"red"}""");
        await admin.CreateAsync("/admin/users", """{"tenant":"acme","id":"ann"}""");
        const string ofAll = """{"tenant":"acme","team":"red","user":"ann"}""";
        var key = await admin.CreateAsync("/admin/keys", ofAll);
        await UsesAsync(gateway, key, HttpStatusCode.OK);

        await admin.OkAsync("PATCH", owner, """{"disabled":true}""");
        (await UsesAsync(gateway, key, HttpStatusCode.Unauthorized)).ShouldStartWith($"The {level} of this key is disabled.");
        await admin.ExpectAsync(HttpStatusCode.NoContent, "DELETE", owner);
        (await UsesAsync(gateway, key, HttpStatusCode.Unauthorized)).ShouldStartWith($"The {level} of this key was deleted.");
        (await admin.OkAsync("GET", "/admin/keys?tenant=acme")).Of("id").ShouldBeEmpty();
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "GET", $"/admin/keys/{key["id"]}");
        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", "/admin/keys", ofAll)).Param.ShouldBe(level);
    }

    [Fact]
    public async Task Metadata_is_merged()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var key = await admin.CreateAsync("/admin/keys", """{"tenant":"default","metadata":{"a":"1","b":"2"},"allowed_experts":["calculator"],"expires_at":"2999-01-01T00:00:00Z"}""");
        var path = $"/admin/keys/{key["id"]}";

        (await admin.OkAsync("PATCH", path, """{"metadata":{"a":null,"c":"3"}}"""))["metadata"]!.ToJsonString().ShouldBe("""{"b":"2","c":"3"}""");
        (await admin.OkAsync("PATCH", path, """{"name":"x"}"""))["metadata"]!.ToJsonString().ShouldBe("""{"b":"2","c":"3"}""");
        var bare = await admin.OkAsync("PATCH", path, """{"metadata":null,"allowed_experts":null,"expires_at":null}""");
        (bare["metadata"]!.ToJsonString(), bare["allowed_experts"], bare["expires_at"]).ShouldBe(("{}", null, null));
    }

    [Theory]
    [InlineData("""{}""", "tenant")]
    [InlineData("""{"tenant":"nobody"}""", "tenant")]
    [InlineData("""{"tenant":"default","team":"none"}""", "team")]
    [InlineData("""{"tenant":"default","user":"none"}""", "user")]
    [InlineData("""{"tenant":"default","expires_at":"2001-01-01T00:00:00Z"}""", "expires_at")]
    [InlineData("""{"tenant":"default","expires_at":"2999-01-01T00:00:00"}""", "expires_at")]
    [InlineData("""{"tenant":"default","expires_at":"tomorrow"}""", "expires_at")]
    [InlineData("""{"tenant":"default","allowed_experts":[]}""", "allowed_experts")]
    [InlineData("""{"tenant":"default","allowed_experts":["nobody"]}""", "allowed_experts")]
    [InlineData("""{"tenant":"default","allowed_experts":["orchestra"]}""", "allowed_experts")]
    [InlineData("""{"tenant":"default","allowed_experts":["calculator","calculator"]}""", "allowed_experts")]
    [InlineData("""{"tenant":"default","allowed_experts":"calculator"}""", "allowed_experts")]
    [InlineData("""{"tenant":"default","metadata":{"A":"1"}}""", "metadata")]
    [InlineData("""{"tenant":"default","metadata":{"a":1}}""", "metadata")]
    [InlineData("""{"tenant":"default","metadata":{"a":"\n"}}""", "metadata.a")]
    [InlineData("""{"tenant":"default","secret":"s"}""", "secret")]
    public async Task A_wrong_key_is_refused_and_its_field_named(string body, string param)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", "/admin/keys", body)).Param.ShouldBe(param);
        (await admin.OkAsync("GET", "/admin/keys?deleted=true")).Of("id").Length.ShouldBe(1, "Only the key of the first start.");
    }

    [Fact]
    public async Task Metadata_is_bounded()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var pairs = Enumerable.Range(0, 17).Select(i => $"\"p{i}\":\"v\"").ToList();

        await admin.CreateAsync("/admin/keys", $$"""{"tenant":"default","metadata":{ {{string.Join(',', pairs.Take(16))}} } }""");
        await admin.CreateAsync("/admin/keys", $$"""{"tenant":"default","metadata":{"{{new string('n', 64)}}":"{{new string('v', 256)}}"} }""");
        foreach (var metadata in new[] { $"{{{string.Join(',', pairs)}}}", $"{{\"{new string('n', 65)}\":\"v\"}}", $"{{\"n\":\"{new string('v', 257)}\"}}" })
            await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "POST", "/admin/keys", $$"""{"tenant":"default","metadata":{{metadata}} }""");
    }

    [Fact]
    public async Task Of_a_changed_key_its_tenant_team_and_user_stay()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var key = await admin.CreateAsync("/admin/tenants/default/keys", """{"name":"by path"}""");

        ((string?)key["tenant"], (string?)key["name"], (string?)key["team"]).ShouldBe(("default", "by path", ""));
        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "PATCH", $"/admin/keys/{key["id"]}", """{"team":"red"}""")).Param.ShouldBe("team");
    }

    /// <summary>Uses a key and returns what the gateway says where it refuses.</summary>
    private static async Task<string> UsesAsync(RunningGateway gateway, JsonNode key, HttpStatusCode expected)
    {
        using var client = gateway.Client((string)key["key"]!);
        var answer = await client.ExpectAsync(expected, "GET", "/v1/models");
        return (string?)answer["error"]?["message"] ?? string.Empty;
    }
}
