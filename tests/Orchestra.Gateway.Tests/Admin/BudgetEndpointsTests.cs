using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Core;
using Orchestra.Core.Budgets;

namespace Orchestra.Gateway.Tests.Admin;

public sealed class BudgetEndpointsTests
{
    private const string Monthly = "/admin/budgets/default/tenant/monthly";

    [Theory]
    [InlineData("tenant", "monthly")]
    [InlineData("team:blue", "total")]
    [InlineData("user:ann", "rolling-30d")]
    [InlineData("team:blue", "hourly")]
    public async Task A_budget_is_set_shown_changed_and_removed(string scope, string window)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await AddPrincipalsAsync(admin);
        var path = $"/admin/budgets/default/{scope}/{window}";
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "GET", path);

        var set = await admin.OkAsync("PUT", path, """{"limit_usd":"12.50","warn_at":[50,95]}""");
        JsonNode.DeepEquals(set, await admin.OkAsync("GET", path)).ShouldBeTrue();
        ((string?)set["tenant"], (string?)set["scope"], (string?)set["window"], (string?)set["limit_usd"], (string?)set["extra_usd"], (string?)set["spent_usd"], (string?)set["available_usd"])
            .ShouldBe(("default", scope, window, "12.5", "0", "0", "12.5"));
        set["warn_at"]!.ToJsonString().ShouldBe("[50,95]");
        (set["ends_at"] is null).ShouldBe(window is "total" or "rolling-30d");

        var changed = await admin.OkAsync("PUT", path, """{"limit_usd":0.000000001,"currency":"USD"}""");
        ((string?)changed["limit_usd"], changed["warn_at"], (long)changed["version"]! > (long)set["version"]!).ShouldBe(("0.000000001", null, true));

        await admin.ExpectAsync(HttpStatusCode.NoContent, "DELETE", path);
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "GET", path);
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "DELETE", path);
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "POST", path + "/reset");
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "POST", path + "/grant", """{"amount_usd":"1"}""");
        (await admin.OkAsync("GET", "/admin/budgets?tenant=default")).Of("scope").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_has_every_budget_and_comes_in_pages()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await AddPrincipalsAsync(admin);
        foreach (var budget in new[] { "user:ann/daily", "team:blue/weekly", "tenant/monthly", "team:blue/total" })
            await admin.OkAsync("PUT", $"/admin/budgets/default/{budget}", """{"limit_usd":"1"}""");
        await SpendAsync(gateway, "0.25");

        var all = await admin.OkAsync("GET", "/admin/budgets?tenant=default");
        Names(all).ShouldBe(["tenant/monthly", "team:blue/total", "team:blue/weekly", "user:ann/daily"]);
        ((string?)all["spent_usd"], (string?)all["reserved_usd"], (string?)all["time_zone"], (string?)all["data"]![0]!["spent_usd"], (string?)all["data"]![1]!["spent_usd"])
            .ShouldBe(("0.25", "0", "UTC", "0.25", "0"));
        Names(await admin.OkAsync("GET", "/admin/budgets?tenant=default&scope=team:blue")).ShouldBe(["team:blue/total", "team:blue/weekly"]);

        var first = await admin.OkAsync("GET", "/admin/budgets?tenant=default&limit=3");
        (Names(first).Length, (bool)first["has_more"]!).ShouldBe((3, true));
        var rest = await admin.OkAsync("GET", $"/admin/budgets?tenant=default&limit=3&after={first["next"]}");
        (string.Join(' ', Names(rest)), (bool)rest["has_more"]!, rest["next"]).ShouldBe(("user:ann/daily", false, null));

        static string[] Names(JsonNode list) => [.. list["data"]!.AsArray().Select(budget => $"{budget!["scope"]}/{budget["window"]}")];
    }

    [Fact]
    public async Task A_grant_and_a_raise_add_to_the_limit_and_a_reset_forgives_what_is_spent()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Monthly, """{"limit_usd":"1"}""");
        await SpendAsync(gateway, "0.75");
        var day = TimeProvider.System.GetUtcNow().AddDays(40).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var granted = await admin.OkAsync("POST", Monthly + "/grant", """{"amount_usd":"0.5"}""");
        granted["extras"]![0]!["until"]!.ToJsonString().ShouldBe(granted["ends_at"]!.ToJsonString());
        await admin.OkAsync("PUT", "/admin/budgets/default/time_zone", """{"time_zone":"Asia/Tokyo"}""");
        var raised = await admin.OkAsync("POST", Monthly + "/raise", $$"""{"amount_usd":2,"until":"{{day}}"}""");
        DateTimeOffset.Parse((string)raised["extras"]![1]!["until"]!, CultureInfo.InvariantCulture)
            .ShouldBe(DateTimeOffset.Parse($"{day}T00:00:00+09:00", CultureInfo.InvariantCulture), "A date is the beginning of that day where the tenant is.");
        ((string?)raised["limit_usd"], (string?)raised["extra_usd"], (string?)raised["available_usd"]).ShouldBe(("1", "2.5", "2.75"));

        var reset = await admin.OkAsync("POST", Monthly + "/reset");
        ((string?)reset["spent_usd"], (string?)reset["available_usd"]).ShouldBe(("0", "3.5"));
        ((string?)(await admin.OkAsync("GET", "/admin/budgets?tenant=default"))["spent_usd"]).ShouldBe("0.75", "What is forgiven in a window was spent all the same.");
    }

    [Fact]
    public async Task A_limit_below_what_is_spent_shows_how_much_is_missing_and_grants_nothing_more()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Monthly, """{"limit_usd":"1"}""");
        await SpendAsync(gateway, "0.75");

        var lowered = await admin.OkAsync("PUT", Monthly, """{"limit_usd":"0.5"}""");

        ((string?)lowered["available_usd"], (string?)lowered["spent_usd"]).ShouldBe(("-0.25", "0.75"));
        await Should.ThrowAsync<InsufficientQuotaException>(() => SpendAsync(gateway, "0.000000001"));
    }

    [Theory]
    [InlineData("PUT", "", """{"limit_usd":"-1"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":-0.5}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"NaN"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"Infinity"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":NaN}""", null)]
    [InlineData("PUT", "", """{"limit_usd":"1e3"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":1e3}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"1234567890123456789"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":9999999999999999999}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"9223372036.854775807"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"0.0000000001"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"1,50"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":" 1"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"$1"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"١"}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":""}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":null}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":true}""", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":["1"]}""", "limit_usd")]
    [InlineData("PUT", "", "{}", "limit_usd")]
    [InlineData("PUT", "", """{"limit_usd":"1","limit_usd":"2"}""", null)]
    [InlineData("PUT", "", """{"limit_usd":"1","currency":"EUR"}""", "currency")]
    [InlineData("PUT", "", """{"limit_usd":"1","limit":"2"}""", "limit")]
    [InlineData("PUT", "", """{"limit_usd":"1","warn_at":[50,50]}""", "warn_at")]
    [InlineData("PUT", "", """{"limit_usd":"1","warn_at":[0]}""", "warn_at")]
    [InlineData("PUT", "", """{"limit_usd":"1","warn_at":[101]}""", "warn_at")]
    [InlineData("PUT", "", """{"limit_usd":"1","warn_at":[1,2,3,4,5,6,7,8,9,10,11]}""", "warn_at")]
    [InlineData("PUT", "", """{"limit_usd":"1","warn_at":[12.5]}""", "warn_at")]
    [InlineData("PUT", "", """{"limit_usd":"1","warn_at":"50"}""", "warn_at")]
    [InlineData("PUT", "", "[]", "body")]
    [InlineData("POST", "/grant", """{"amount_usd":"0"}""", "amount_usd")]
    [InlineData("POST", "/grant", """{"amount_usd":"-1"}""", "amount_usd")]
    [InlineData("POST", "/grant", """{"amount_usd":"1","until":"2099-01-01"}""", "until")]
    [InlineData("POST", "/grant", null, "amount_usd")]
    [InlineData("POST", "/raise", """{"amount_usd":"1"}""", "until")]
    [InlineData("POST", "/raise", """{"amount_usd":"1","until":"2001-01-01"}""", "until")]
    [InlineData("POST", "/raise", """{"amount_usd":"1","until":"9999-12-31"}""", "until")]
    [InlineData("POST", "/raise", """{"amount_usd":"1","until":"2027-01-31T18:00:00"}""", "until")]
    [InlineData("POST", "/raise", """{"amount_usd":"1","until":"31.01.2027"}""", "until")]
    [InlineData("POST", "/raise", """{"amount_usd":"1","until":1798761600}""", "until")]
    [InlineData("POST", "/reset", """{"amount_usd":"1"}""", "amount_usd")]
    public async Task What_makes_no_sense_is_refused_by_name(string method, string verb, string? body, string? param)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Monthly, """{"limit_usd":"7"}""");

        var error = await admin.FailAsync(HttpStatusCode.BadRequest, param is null ? "invalid_json" : "invalid_request", method, Monthly + verb, body);

        error.Param.ShouldBe(param);
        ((string?)(await admin.OkAsync("GET", Monthly))["limit_usd"]).ShouldBe("7");
    }

    [Theory]
    [InlineData("PUT", "/admin/budgets/nobody/tenant/total", HttpStatusCode.NotFound, null)]
    [InlineData("PUT", "/admin/budgets/default/team:green/total", HttpStatusCode.NotFound, "scope")]
    [InlineData("PUT", "/admin/budgets/default/user:bob/total", HttpStatusCode.NotFound, "scope")]
    [InlineData("PUT", "/admin/budgets/default/key:k123/total", HttpStatusCode.NotFound, "scope")]
    [InlineData("PUT", "/admin/budgets/default/key:OTHER/total", HttpStatusCode.NotFound, "scope")]
    [InlineData("PUT", "/admin/budgets/default/team:/total", HttpStatusCode.BadRequest, "scope")]
    [InlineData("PUT", "/admin/budgets/default/blue/total", HttpStatusCode.BadRequest, "scope")]
    [InlineData("PUT", "/admin/budgets/default/tenant/yearly", HttpStatusCode.BadRequest, "window")]
    [InlineData("PUT", "/admin/budgets/default/tenant/rolling-0d", HttpStatusCode.BadRequest, "window")]
    [InlineData("GET", "/admin/budgets/nobody/tenant/total", HttpStatusCode.NotFound, null)]
    [InlineData("GET", "/admin/budgets", HttpStatusCode.BadRequest, "tenant")]
    [InlineData("GET", "/admin/budgets?tenant=nobody", HttpStatusCode.NotFound, null)]
    [InlineData("GET", "/admin/budgets?tenant=default&scope=blue", HttpStatusCode.BadRequest, "scope")]
    [InlineData("GET", "/admin/budgets?tenant=default&after=blue", HttpStatusCode.BadRequest, "after")]
    public async Task What_is_not_there_or_no_name_is_refused(string method, string path, HttpStatusCode status, string? param)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.CreateAsync("/admin/tenants", """{"id":"acme"}""");
        var other = await admin.CreateAsync("/admin/keys", """{"tenant":"acme"}""");

        var error = await admin.FailAsync(
            status, status == HttpStatusCode.NotFound ? "not_found" : "invalid_request", method, path.Replace("OTHER", (string)other["id"]!, StringComparison.Ordinal),
            method == "PUT" ? """{"limit_usd":"1"}""" : null);

        error.Param.ShouldBe(param);
    }

    [Theory]
    [InlineData("""{"time_zone":"Mars/Olympus"}""")]
    [InlineData("""{"time_zone":"../../../etc/localtime"}""")]
    [InlineData("""{"time_zone":""}""")]
    [InlineData("""{"time_zone":null}""")]
    [InlineData("{}")]
    public async Task A_time_zone_that_is_none_is_refused(string body)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "PUT", "/admin/budgets/default/time_zone", body)).Param.ShouldBe("time_zone");
    }

    private static async Task AddPrincipalsAsync(HttpClient admin)
    {
        await admin.CreateAsync("/admin/teams", """{"tenant":"default","id":"blue"}""");
        await admin.CreateAsync("/admin/users", """{"tenant":"default","id":"ann"}""");
    }

    private static async Task SpendAsync(RunningGateway gateway, string dollars)
    {
        Money.TryParse(dollars, out var amount).ShouldBeTrue();
        var reservation = new Reservation(IdGenerator.Default.Next("res_"), new Payer("default", "", "", "k1"), "calculator", "traj_1", amount);
        await gateway.Budgets.ReserveAsync(reservation, default);
        await gateway.Budgets.SettleAsync(reservation, amount);
    }
}
