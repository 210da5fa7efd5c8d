using System.Net;
using System.Text.Json.Nodes;

namespace Orchestra.Gateway.Tests.Admin;

public sealed class TenantEndpointsTests
{
    [Theory]
    [InlineData("/admin/tenants", "", "/admin/tenants/acme")]
    [InlineData("/admin/teams", "\"tenant\":\"default\",", "/admin/teams/default/acme")]
    [InlineData("/admin/users", "\"tenant\":\"default\",", "/admin/users/default/acme")]
    public async Task A_tenant_team_or_user_is_created_read_changed_and_deleted(string list, string owner, string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        var made = await admin.CreateAsync(list, $$"""{ {{owner}}"id":"acme","name":"Acme","limits":{"requests_per_minute":60} }""");
        JsonNode.DeepEquals(made, await admin.OkAsync("GET", path)).ShouldBeTrue();
        ((string?)made["name"], (bool)made["disabled"]!, (int)made["version"]!, made["deleted_at"], (int)made["limits"]!["requests_per_minute"]!, made["limits"]!["tokens_per_minute"])
            .ShouldBe(("Acme", false, 1, null, 60, null));

        var changed = await admin.OkAsync("PATCH", path, """{"limits":{"tokens_per_minute":5},"disabled":true}""");
        ((string?)changed["name"], (bool)changed["disabled"]!, (int)changed["version"]!, (int)changed["limits"]!["requests_per_minute"]!, (int)changed["limits"]!["tokens_per_minute"]!)
            .ShouldBe(("Acme", true, 2, 60, 5));
        var unlimited = await admin.OkAsync("PATCH", path, """{"limits":null}""");
        unlimited["limits"]!["requests_per_minute"].ShouldBeNull();

        await admin.ExpectAsync(HttpStatusCode.NoContent, "DELETE", path);
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "GET", path);
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "PATCH", path, "{}");
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "DELETE", path);
        (await admin.OkAsync("GET", list)).Of("id").ShouldNotContain("acme");
        (await admin.OkAsync("GET", $"{list}?deleted=true")).Of("id").ShouldContain("acme");
        (await admin.OkAsync("GET", $"{path}?deleted=true"))["deleted_at"].ShouldNotBeNull();
        (await admin.FailAsync(HttpStatusCode.Conflict, "conflict", "POST", list, $$"""{ {{owner}}"id":"acme"}""")).Param.ShouldBe("id");
    }

    [Fact]
    public async Task A_list_comes_in_pages()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        foreach (var id in new[] { "c", "a", "b" })
        {
            await admin.CreateAsync("/admin/tenants", $$"""{"id":"{{id}}"}""");
            await admin.CreateAsync("/admin/teams", $$"""{"tenant":"{{id}}","id":"red"}""");
        }

        var first = await admin.OkAsync("GET", "/admin/tenants?limit=3");
        first.Of("id").ShouldBe(["a", "b", "c"]);
        ((bool)first["has_more"]!).ShouldBeTrue();
        var rest = await admin.OkAsync("GET", $"/admin/tenants?limit=3&after={first["next"]}");
        rest.Of("id").ShouldBe(["default"]);
        ((bool)rest["has_more"]!).ShouldBeFalse();
        rest["next"].ShouldBeNull();

        var teams = await admin.OkAsync("GET", "/admin/teams?limit=1");
        (await admin.OkAsync("GET", $"/admin/teams?limit=2&after={Uri.EscapeDataString((string)teams["next"]!)}")).Of("tenant").ShouldBe(["b", "c"]);
        (await admin.OkAsync("GET", "/admin/teams?tenant=b")).Of("tenant").ShouldBe(["b"]);
    }

    [Fact]
    public async Task A_change_of_another_version_is_refused_and_without_a_version_the_last_one_wins()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        using var shown = await admin.CallAsync("GET", "/admin/tenants/default");
        shown.Headers.ETag!.ToString().ShouldBe("\"1\"");

        using var changed = await admin.CallAsync("PATCH", "/admin/tenants/default", """{"name":"One"}""", "\"1\"");
        changed.Headers.ETag!.ToString().ShouldBe("\"2\"");
        await admin.FailAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", "PATCH", "/admin/tenants/default", """{"name":"Two"}""", "\"1\"");
        await admin.FailAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", "DELETE", "/admin/tenants/default", null, "\"1\"");
        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "PATCH", "/admin/tenants/default", "{}", "two")).Param.ShouldBe("If-Match");
        (await admin.OkAsync("PATCH", "/admin/tenants/default", """{"name":"Three"}""", "*"))["name"]!.GetValue<string>().ShouldBe("Three");
    }

    [Fact]
    public async Task Changes_of_different_fields_at_the_same_time_are_all_made()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        await Task.WhenAll(
            admin.OkAsync("PATCH", "/admin/tenants/default", """{"name":"New"}"""),
            admin.OkAsync("PATCH", "/admin/tenants/default", """{"limits":{"requests_per_minute":1}}"""),
            admin.OkAsync("PATCH", "/admin/tenants/default", """{"limits":{"tokens_per_minute":2}}"""),
            admin.OkAsync("PATCH", "/admin/tenants/default", """{"limits":{"concurrent_requests":3}}"""));

        var tenant = await admin.OkAsync("GET", "/admin/tenants/default");
        ((string?)tenant["name"], (int)tenant["version"]!, tenant["limits"]!.ToJsonString()).ShouldBe(("New", 5, """{"requests_per_minute":1,"tokens_per_minute":2,"concurrent_requests":3}"""));
    }

    [Theory]
    [InlineData("POST", "/admin/tenants", """{"id":"Acme"}""", "id")]
    [InlineData("POST", "/admin/tenants", """{"name":"Acme"}""", "id")]
    [InlineData("POST", "/admin/tenants", """{"id":"a","colour":"red"}""", "colour")]
    [InlineData("POST", "/admin/tenants", """["a"]""", "body")]
    [InlineData("POST", "/admin/tenants", """{"id":7}""", "id")]
    [InlineData("POST", "/admin/teams", """{"id":"red"}""", "tenant")]
    [InlineData("POST", "/admin/teams", """{"tenant":"nobody","id":"red"}""", "tenant")]
    [InlineData("POST", "/admin/users", """{"tenant":"default","id":"a b"}""", "id")]
    [InlineData("PATCH", "/admin/tenants/default", """{"id":"other"}""", "id")]
    [InlineData("PATCH", "/admin/tenants/default", """{"name":null}""", "name")]
    [InlineData("PATCH", "/admin/tenants/default", """{"name":"a\u0000b"}""", "name")]
    [InlineData("PATCH", "/admin/tenants/default", """{"name":"\ud800"}""", "name")]
    [InlineData("PATCH", "/admin/tenants/default", """{"disabled":"yes"}""", "disabled")]
    [InlineData("PATCH", "/admin/tenants/default", """{"limits":7}""", "limits")]
    [InlineData("PATCH", "/admin/tenants/default", """{"limits":{"requests_per_hour":1}}""", "limits.requests_per_hour")]
    [InlineData("PATCH", "/admin/tenants/default", """{"limits":{"requests_per_minute":0}}""", "limits.requests_per_minute")]
    [InlineData("PATCH", "/admin/tenants/default", """{"limits":{"tokens_per_minute":1000000001}}""", "limits.tokens_per_minute")]
    [InlineData("PATCH", "/admin/tenants/default", """{"limits":{"concurrent_requests":1.5}}""", "limits.concurrent_requests")]
    [InlineData("PATCH", "/admin/tenants/default", """{"limits":{"concurrent_requests":99999999999}}""", "limits.concurrent_requests")]
    [InlineData("GET", "/admin/tenants?limit=0", null, "limit")]
    [InlineData("GET", "/admin/tenants?limit=1001", null, "limit")]
    [InlineData("GET", "/admin/tenants?after=A", null, "after")]
    [InlineData("GET", "/admin/teams?after=red", null, "after")]
    [InlineData("GET", "/admin/tenants?deleted=maybe", null, "deleted")]
    [InlineData("GET", "/admin/tenants?limit=1&limit=2", null, "limit")]
    [InlineData("GET", "/admin/tenants?colour=red", null, "query")]
    [InlineData("GET", "/admin/keys?team=red", null, "tenant")]
    [InlineData("GET", "/admin/audit?after=%27", null, "after")]
    public async Task What_does_not_fit_is_refused_and_named(string method, string path, string? body, string param)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", method, path, body)).Param.ShouldBe(param);
        ((int)(await admin.OkAsync("GET", "/admin/tenants/default"))["version"]!).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"id":""", 400, "invalid_json")]
    [InlineData("""{"id":"a","id":"b"}""", 400, "invalid_json")]
    public async Task What_is_no_JSON_object_is_refused(string body, int status, string code)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        await admin.FailAsync((HttpStatusCode)status, code, "POST", "/admin/tenants", body);
    }

    [Fact]
    public async Task Names_and_bodies_are_bounded()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "PATCH", "/admin/tenants/default", $$"""{"name":"{{new string('x', 201)}}"}""")).Param.ShouldBe("name");
        await admin.FailAsync(HttpStatusCode.RequestEntityTooLarge, "body_too_large", "PATCH", "/admin/tenants/default", $$"""{"name":"{{new string('x', 64 * 1024)}}"}""");
        await admin.OkAsync("PATCH", "/admin/tenants/default", $$"""{"name":"{{new string('ä', 200)}}"}""");
    }
}
