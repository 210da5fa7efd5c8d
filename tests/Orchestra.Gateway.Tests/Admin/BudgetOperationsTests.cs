using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Core.Budgets;

namespace Orchestra.Gateway.Tests.Admin;

/// <summary>Changes of budgets that are repeated, that meet others, and what the audit log says of them.</summary>
public sealed class BudgetOperationsTests
{
    private const string Total = "/admin/budgets/default/tenant/total";

    [Fact]
    public async Task The_same_key_twice_counts_once_and_answers_the_same()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Total, """{"limit_usd":"1"}""");

        var first = await admin.OkAsync("POST", Total + "/grant", """{"amount_usd":"2"}""", null, "g1");
        JsonNode.DeepEquals(first, await admin.OkAsync("POST", Total + "/grant", """{"amount_usd":"2.0"}""", null, "g1")).ShouldBeTrue();
        ((string?)first["extra_usd"]).ShouldBe("2");
        await admin.FailAsync(HttpStatusCode.Conflict, "conflict", "POST", Total + "/grant", """{"amount_usd":"3"}""", null, "g1");
        await admin.FailAsync(HttpStatusCode.Conflict, "conflict", "POST", Total + "/reset", null, null, "g1");
        ((string?)(await admin.OkAsync("POST", Total + "/grant", """{"amount_usd":"2"}"""))["extra_usd"]).ShouldBe("4", "Without a key every request is a change of its own.");
        (await admin.OkAsync("GET", "/admin/audit?target=budgets/default/tenant/total")).Of("action").ShouldBe(["budget.grant", "budget.grant", "budget.set"]);
    }

    [Fact]
    public async Task A_removal_is_repeated_by_its_key_although_the_budget_is_gone_and_much_came_after_it()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Total, """{"limit_usd":"1"}""");
        await admin.ExpectAsync(HttpStatusCode.NoContent, "DELETE", Total, null, null, "d1");
        // More than an account remembers by itself.
        for (var i = 0; i < 70; i++)
            await admin.OkAsync("PUT", "/admin/budgets/default/tenant/daily", """{"limit_usd":"1"}""");

        await admin.ExpectAsync(HttpStatusCode.NoContent, "DELETE", Total, null, null, "d1");
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "DELETE", Total, null, null, "d2");
    }

    [Fact]
    public async Task A_key_cannot_take_the_place_of_a_reservation_or_a_warning()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Total, """{"limit_usd":"1"}""", null, "res_1");

        var reservation = new Reservation("res_1", new Payer("default", "", "", "k1"), "calculator", "traj_1", Money.FromDollars(0.6m));
        await gateway.Budgets.ReserveAsync(reservation, default);
        await admin.OkAsync("PUT", Total, """{"limit_usd":"1"}""", null, "warn/tenant/total/0/2/50");
        await gateway.Budgets.SettleAsync(reservation, Money.FromDollars(0.6m));

        ((string?)(await admin.OkAsync("GET", Total))["spent_usd"]).ShouldBe("0.6");
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("129")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        var error = await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "PUT", Total, """{"limit_usd":"1"}""", null, key == "129" ? new string('x', 129) : key);

        error.Param.ShouldBe("Idempotency-Key");
    }

    [Fact]
    public async Task The_same_key_sent_many_times_at_once_counts_once()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Total, """{"limit_usd":"1"}""");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.OkAsync("POST", Total + "/grant", """{"amount_usd":"2"}""", null, "g1")));

        ((string?)(await admin.OkAsync("GET", Total))["extra_usd"]).ShouldBe("2");
        (await admin.OkAsync("GET", "/admin/audit?target=budgets/default/tenant/total")).Of("action").ShouldBe(["budget.grant", "budget.set"]);
    }

    [Fact]
    public async Task A_change_of_a_version_that_is_no_more_is_refused()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        using var set = await admin.CallAsync("PUT", Total, """{"limit_usd":"1"}""");
        var old = set.Headers.ETag!.ToString();
        await admin.OkAsync("PUT", Total, """{"limit_usd":"2"}""", old);

        await admin.FailAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", "PUT", Total, """{"limit_usd":"3"}""", old);
        await admin.FailAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", "POST", Total + "/grant", """{"amount_usd":"3"}""", old);
        await admin.FailAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", "DELETE", Total, null, old);
        await admin.FailAsync(HttpStatusCode.PreconditionFailed, "precondition_failed", "PUT", Total, """{"limit_usd":"3"}""", "\"999999\"");
        (await admin.FailAsync(HttpStatusCode.BadRequest, "invalid_request", "PUT", Total, """{"limit_usd":"3"}""", "2")).Param.ShouldBe("If-Match");
        ((string?)(await admin.OkAsync("GET", Total))["limit_usd"]).ShouldBe("2");
        await admin.OkAsync("PUT", Total, """{"limit_usd":"3"}""", "*");
    }

    [Fact]
    public async Task A_version_stays_good_under_traffic_and_while_other_budgets_change()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Total, """{"limit_usd":"1"}""");
        using var listed = await admin.CallAsync("GET", "/admin/budgets?tenant=default");
        using var shown = await admin.CallAsync("GET", Total);
        var reservation = new Reservation("res_1", new Payer("default", "", "", "k1"), "calculator", "traj_1", Money.FromDollars(0.6m));
        await gateway.Budgets.ReserveAsync(reservation, default);
        await gateway.Budgets.SettleAsync(reservation, Money.FromDollars(0.6m));
        await admin.OkAsync("PUT", "/admin/budgets/default/tenant/daily", """{"limit_usd":"9"}""");
        await admin.OkAsync("PUT", "/admin/budgets/default/time_zone", """{"time_zone":"Europe/Berlin"}""");

        await admin.FailAsync(
            HttpStatusCode.PreconditionFailed, "precondition_failed", "PUT", "/admin/budgets/default/time_zone", """{"time_zone":"UTC"}""", listed.Headers.ETag!.ToString());
        await admin.FailAsync(
            HttpStatusCode.PreconditionFailed, "precondition_failed", "PUT", "/admin/budgets/default/tenant/daily", """{"limit_usd":"8"}""", listed.Headers.ETag!.ToString());
        using var changed = await admin.CallAsync("POST", Total + "/grant", """{"amount_usd":"1"}""", shown.Headers.ETag!.ToString());
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.Headers.ETag!.ToString().ShouldNotBe(shown.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Of_many_changes_of_one_version_at_once_a_single_one_is_made()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        using var set = await admin.CallAsync("PUT", Total, """{"limit_usd":"1"}""");
        var version = set.Headers.ETag!.ToString();

        var answers = await Task.WhenAll(Enumerable.Range(2, 12).Select(limit => admin.CallAsync("PUT", Total, $$"""{"limit_usd":"{{limit}}"}""", version)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(11);
    }

    [Fact]
    public async Task Without_a_version_all_of_many_changes_at_once_are_made()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Total, """{"limit_usd":"1"}""");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => admin.OkAsync("POST", Total + "/grant", """{"amount_usd":"1"}""")));

        ((string?)(await admin.OkAsync("GET", Total))["extra_usd"]).ShouldBe("12");
        var log = await admin.OkAsync("GET", "/admin/audit?target=budgets/default/tenant/total");
        log["data"]!.AsArray().Skip(1).Reverse().Skip(1).Select(entry => int.Parse((string)entry!["after"]!["extra_usd"]!) - int.Parse((string)entry["before"]!["extra_usd"]!))
            .ShouldAllBe(difference => difference == 1);
    }

    [Fact]
    public async Task Every_change_is_in_the_audit_log_with_the_state_before_and_after()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        await admin.OkAsync("PUT", Total, """{"limit_usd":"1"}""");
        await admin.OkAsync("PUT", Total, """{"limit_usd":"2","warn_at":[]}""");
        await admin.OkAsync("POST", Total + "/raise", """{"amount_usd":"1","until":"2030-01-01T00:00:00Z"}""");
        await admin.OkAsync("POST", Total + "/reset");
        await admin.ExpectAsync(HttpStatusCode.NoContent, "DELETE", Total);
        await admin.OkAsync("PUT", "/admin/budgets/default/time_zone", """{"time_zone":"Europe/Berlin"}""");
        await admin.OkAsync("PUT", "/admin/tenants/default/budget", """{"limit_usd":"5","window":"daily"}""");
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "POST", Total + "/reset");

        var log = await admin.OkAsync("GET", "/admin/audit?tenant=default&limit=7");

        log.Of("action").ShouldBe(["budget.set", "budget.time_zone", "budget.remove", "budget.reset", "budget.raise", "budget.set", "budget.set"]);
        log.Of("target").Take(3).ShouldBe(["budgets/default/tenant/daily", "budgets/default/time_zone", "budgets/default/tenant/total"]);
        JsonNode Entry(int i) => log["data"]![i]!;
        (Entry(1)["before"]!.ToJsonString(), Entry(1)["after"]!.ToJsonString()).ShouldBe(("""{"time_zone":"UTC"}""", """{"time_zone":"Europe/Berlin"}"""));
        ((string?)Entry(2)["before"]!["limit_usd"], Entry(2)["after"]).ShouldBe(("2", null));
        ((string?)Entry(4)["before"]!["extra_usd"], (string?)Entry(4)["after"]!["extra_usd"]).ShouldBe(("0", "1"));
        ((string?)Entry(5)["before"]!["limit_usd"], (string?)Entry(5)["after"]!["limit_usd"]).ShouldBe(("1", "2"));
        (Entry(6)["before"], (string?)Entry(6)["after"]!["limit_usd"]).ShouldBe((null, "1"));
    }
}
