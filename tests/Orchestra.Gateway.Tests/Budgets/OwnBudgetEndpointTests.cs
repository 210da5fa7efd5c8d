using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Core.Budgets;
using Orchestra.Gateway.Tests.Admin;

namespace Orchestra.Gateway.Tests.Budgets;

public sealed class OwnBudgetEndpointTests
{
    [Fact]
    public async Task A_key_sees_its_own_budgets_of_every_level_and_nothing_of_others()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        foreach (var team in new[] { "blue", "red" })
            await admin.CreateAsync("/admin/teams", $$"""{"tenant":"default","id":"{{team}}"}""");
        foreach (var user in new[] { "ann", "bob" })
            await admin.CreateAsync("/admin/users", $$"""{"tenant":"default","id":"{{user}}"}""");
        var key = await admin.CreateAsync("/admin/keys", """{"tenant":"default","team":"blue","user":"ann"}""");
        foreach (var scope in new[] { "tenant", "team:blue", "team:red", "user:ann", "user:bob", $"key:{key["id"]}" })
            await admin.OkAsync("PUT", $"/admin/budgets/default/{scope}/daily", """{"limit_usd":"4"}""");
        var payer = new Payer("default", "blue", "ann", (string)key["id"]!);
        await gateway.Budgets.ReserveAsync(new Reservation("res_1", payer, "calculator", "traj_1", Money.FromDollars(1)), default);
        using var client = gateway.Client((string)key["key"]!);

        var own = await client.OkAsync("GET", "/v1/budget");

        own["budgets"]!.AsArray().Select(budget => (string?)budget!["scope"]).ShouldBe(["tenant", "team:blue", "user:ann", $"key:{key["id"]}"]);
        own["budgets"]!.AsArray().ShouldAllBe(budget => (string?)budget!["available_usd"] == "3" && (string?)budget["reserved_usd"] == "1" && budget["ends_at"] != null);
        ((string?)own["tenant"], (string?)own["team"], (string?)own["user"], (string?)own["key"]).ShouldBe(("default", "blue", "ann", (string?)key["id"]));
        foreach (var foreign in new[] { "red", "bob" })
            own.ToJsonString().ShouldNotContain(foreign);
    }

    [Fact]
    public async Task Its_rate_limits_stand_there_and_looking_counts_against_none()
    {
        await using var gateway = await RunningGateway.StartAsync((_, _) => ScriptedConversations.Whole("{}"));
        using var admin = gateway.Admin();
        var key = await admin.CreateAsync("/admin/keys", """{"tenant":"default","limits":{"requests_per_minute":2,"concurrent_requests":1}}""");
        using var client = gateway.Client((string)key["key"]!);
        (await client.CallAsync("POST", "/v1/chat/completions", RunningGateway.Ask)).StatusCode.ShouldBe(HttpStatusCode.OK);

        JsonNode own = new JsonObject();
        for (var i = 0; i < 5; i++)
            own = await client.OkAsync("GET", "/v1/budget");

        var level = own["rate_limits"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)level["scope"], (int)level["requests_per_minute"]!["limit"]!, (int)level["requests_per_minute"]!["remaining"]!, level["tokens_per_minute"])
            .ShouldBe(($"key:{key["id"]}", 2, 1, null));
        level["concurrent_requests"]!.ToJsonString().ShouldBe("""{"limit":1,"remaining":1}""");
        (await client.CallAsync("POST", "/v1/chat/completions", RunningGateway.Ask)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_without_budgets_and_limits_has_empty_lists()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = gateway.Client();

        var own = await client.OkAsync("GET", "/v1/budget");

        (own["budgets"]!.AsArray().Count, own["rate_limits"]!.AsArray().Count, own["team"]).ShouldBe((0, 0, null));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sk-orch-k1-wrong")]
    [InlineData(RunningGateway.AdminKey)]
    public async Task Without_a_good_key_nothing_is_shown(string? key)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = gateway.Client(key);

        await client.FailAsync(HttpStatusCode.Unauthorized, "invalid_api_key", "GET", "/v1/budget");
    }
}
