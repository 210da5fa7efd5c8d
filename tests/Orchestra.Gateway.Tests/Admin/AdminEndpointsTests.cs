using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestra.Gateway.Tests.Admin;

public sealed class AdminEndpointsTests
{
    [Theory]
    [InlineData("GET", "/admin/tenants")]
    [InlineData("POST", "/admin/tenants")]
    [InlineData("PATCH", "/admin/tenants/default")]
    [InlineData("DELETE", "/admin/tenants/default")]
    [InlineData("POST", "/admin/tenants/default/keys")]
    [InlineData("GET", "/admin/teams")]
    [InlineData("DELETE", "/admin/users/default/ann")]
    [InlineData("GET", "/admin/keys")]
    [InlineData("POST", "/admin/keys/k1/rotate")]
    [InlineData("GET", "/admin/audit")]
    [InlineData("PUT", "/admin/tenants/default/budget")]
    [InlineData("GET", "/admin/trajectories/traj_1")]
    public async Task A_tenants_key_opens_nothing_here(string method, string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = gateway.Client();

        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = Json("{}") });

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_tenant_is_made_gets_a_key_and_may_ask()
    {
        await using var gateway = await RunningGateway.StartAsync((_, _) => ScriptedConversations.Whole("{}"));
        using var admin = gateway.Admin();

        (await admin.PostAsync("/admin/tenants", Json("""{"id":"acme","name":"Acme"}"""))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await admin.PostAsync("/admin/tenants", Json("""{"id":"acme"}"""))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var made = await admin.PostAsync("/admin/tenants/acme/keys", Json("{}"));
        made.Headers.CacheControl!.NoStore.ShouldBeTrue("Nobody on the way may keep a key.");
        using var client = gateway.Client((await Read(made))["key"]!.GetValue<string>());

        (await client.PostAsync("/v1/chat/completions", Json(RunningGateway.Ask))).StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Conversations.Queries.ShouldHaveSingleItem().Caller.TenantId.ShouldBe("acme");
    }

    [Theory]
    [InlineData("""{"limit_usd":"0.000000001","window":"daily"}""", "0.000000001", "daily")]
    [InlineData("""{"limit_usd":"12345678.9"}""", "12345678.9", "total")]
    [InlineData("""{"limit_usd":null,"window":"monthly"}""", null, "total")]
    public async Task A_budget_comes_back_exactly_as_it_was_set(string body, string? limit, string window)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        (await admin.PutAsync("/admin/tenants/default/budget", Json(body))).EnsureSuccessStatusCode();

        var budget = JsonNode.Parse(await admin.GetStringAsync("/admin/tenants/default/budget"))!;
        ((string?)budget["limit_usd"], (string?)budget["window"], (string?)budget["spent_usd"], (string?)budget["reserved_usd"]).ShouldBe((limit, window, "0", "0"));
    }

    [Theory]
    [InlineData("""{"limit_usd":"-1"}""")]
    [InlineData("""{"limit_usd":"0.0000000001"}""")]
    [InlineData("""{"limit_usd":"1","window":"yearly"}""")]
    [InlineData("""{"window":"daily"}""")]
    [InlineData("""{"limit_usd":""")]
    [InlineData("null")]
    public async Task A_wrong_budget_is_refused(string body)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        using var response = await admin.PutAsync("/admin/tenants/default/budget", Json(body));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Read(response))["error"]!["message"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("/admin/tenants/nobody/budget")]
    [InlineData("/admin/trajectories/traj_none")]
    [InlineData("/admin/nothing")]
    [InlineData("/v1/completions")]
    public async Task What_does_not_exist_is_404_in_our_error_format(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        using var response = await admin.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Read(response))["error"]!["code"]!.GetValue<string>().ShouldBe("not_found");
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<JsonNode> Read(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
}
