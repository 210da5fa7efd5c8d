using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Core.Budgets;

namespace Orchestra.Gateway.Tests.Admin;

public sealed class LedgerEndpointsTests
{
    [Fact]
    public async Task Rows_are_listed_in_pages_and_by_what_they_are_about()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await SpendAsync(gateway.Budgets);
        using var admin = gateway.Admin();

        var rows = new List<JsonNode>();
        string? after = null;
        do
        {
            var page = JsonNode.Parse(await admin.GetStringAsync($"/admin/ledger?limit=4{(after is null ? "" : $"&after={after}")}"))!;
            page["data"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(4);
            rows.AddRange(page["data"]!.AsArray()!);
            after = (string?)page["next"];
            ((bool)page["has_more"]!).ShouldBe(after is not null);
        }
        while (after is not null);

        rows.Select(row => ((string?)row["tenant"], (int)row["version"]!)).ShouldBe(
            [.. Enumerable.Range(1, 11).Select(version => ("acme", version)), .. Enumerable.Range(1, 3).Select(version => ("zeta", version))]);
        rows[0].ToJsonString().ShouldContain("\"kind\":\"set_limit\",\"operation\":\"limit\",\"reservation\":null,\"amount_usd\":\"1\"");
        (await CountAsync(admin, "tenant=zeta")).ShouldBe(3);
        (await CountAsync(admin, "tenant=nobody")).ShouldBe(0);
        (await CountAsync(admin, "kind=settle")).ShouldBe(4);
        (await CountAsync(admin, "key=key_zeta")).ShouldBe(2);
        (await CountAsync(admin, "team=red")).ShouldBe(7);
        (await CountAsync(admin, "user=ann")).ShouldBe(2);
        (await CountAsync(admin, "reservation=acme0")).ShouldBe(3);
        (await CountAsync(admin, "reservation=nothing")).ShouldBe(0);
        (await CountAsync(admin, "from=2020-01-01&to=2020-01-02")).ShouldBe(0);
        (await CountAsync(admin, "from=2020-01-01T00:00:00Z&to=2999-01-01")).ShouldBe(14);
        (await CountAsync(admin, "from=2998-01-01")).ShouldBe(0);
    }

    [Fact]
    public async Task Spend_is_grouped_and_in_order()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await SpendAsync(gateway.Budgets);
        using var admin = gateway.Admin();

        var report = JsonNode.Parse(await admin.GetStringAsync("/admin/spend?by=key"))!;

        report["total_usd"]!.GetValue<string>().ShouldBe("0.000000038");
        report["calls"]!.GetValue<int>().ShouldBe(4);
        report["data"]!.AsArray().Select(row => $"{row!["tenant"]} {row["name"]} {row["amount_usd"]} {row["calls"]}").ShouldBe(
            ["acme key_acme 0.00000003 3", "zeta key_zeta 0.000000008 1"]);
        report["data"]![0]!["share"]!.GetValue<double>().ShouldBe(30.0 / 38, 1e-6);
        var day = JsonNode.Parse(await admin.GetStringAsync("/admin/spend?by=day&tenant=acme"))!["data"]!.AsArray().ShouldHaveSingleItem()!;
        day["tenant"].ShouldBeNull();
        JsonNode.Parse(await admin.GetStringAsync($"/admin/spend?by=expert&to={day["name"]}"))!["data"]!.AsArray().ShouldBeEmpty();
        JsonNode.Parse(await admin.GetStringAsync("/admin/spend?by=metadata.project"))!["data"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("/admin/ledger?limit=0")]
    [InlineData("/admin/ledger?limit=1001")]
    [InlineData("/admin/ledger?kind=steal")]
    [InlineData("/admin/ledger?after=7")]
    [InlineData("/admin/ledger?after=acme:-1")]
    [InlineData("/admin/ledger?from=yesterday")]
    [InlineData("/admin/ledger?form=2026-01-01")]
    [InlineData("/admin/spend?by=colour")]
    [InlineData("/admin/spend?by=metadata.")]
    [InlineData("/admin/spend?from=2026-01-01T12:00:00Z")]
    [InlineData("/admin/spend?from=2026-01-02&to=2026-01-02")]
    public async Task A_wrong_question_is_refused(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        (await admin.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await gateway.Client().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>A limit, three calls of one tenant, of which one is extended, and one of another, of which the second is under way.</summary>
    private static async Task SpendAsync(IBudgets budgets)
    {
        await budgets.ChangeAsync("acme", new BudgetChange.SetLimit("limit", BudgetScope.Team("red"), BudgetWindow.Daily, new Money(Money.NanosPerDollar)), default);
        for (var i = 0; i < 3; i++)
        {
            var reservation = new Reservation($"acme{i}", new Payer("acme", "red", i == 0 ? "ann" : "", "key_acme"), "small", "traj", new Money(10));
            await budgets.ReserveAsync(reservation, default);
            reservation = await budgets.ExtendAsync(reservation, $"x{i}", new Money(5), default);
            await budgets.SettleAsync(reservation, new Money(10));
        }

        await budgets.ChangeAsync("acme", new BudgetChange.SetTimeZone("zone", "Europe/Berlin"), default);
        var other = new Reservation("zeta0", new Payer("zeta", "", "", "key_zeta"), "large", "traj", new Money(10));
        await budgets.ReserveAsync(other, default);
        await budgets.ExtendAsync(other, "y", new Money(5), default);
        await budgets.SettleAsync(other, new Money(8));
    }

    private static async Task<int> CountAsync(HttpClient admin, string query) => JsonNode.Parse(await admin.GetStringAsync($"/admin/ledger?{query}"))!["data"]!.AsArray().Count;
}
