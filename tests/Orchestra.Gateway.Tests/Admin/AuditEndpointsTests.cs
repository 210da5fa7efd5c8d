using System.Net;
using Orchestra.Core.Tenants;

namespace Orchestra.Gateway.Tests.Admin;

public sealed class AuditEndpointsTests
{
    [Fact]
    public async Task Every_change_is_in_the_log_with_who_what_before_and_after_and_no_secret()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var key = await admin.CreateAsync("/admin/keys", """{"tenant":"default","name":"old"}""");
        var path = $"keys/{key["id"]}";
        await admin.OkAsync("PATCH", $"/admin/{path}", """{"name":"new"}""");
        var rotated = await admin.OkAsync("POST", $"/admin/{path}/rotate");
        await admin.ExpectAsync(HttpStatusCode.NoContent, "DELETE", $"/admin/{path}");
        await admin.FailAsync(HttpStatusCode.NotFound, "not_found", "DELETE", $"/admin/{path}");

        var log = await admin.OkAsync("GET", $"/admin/audit?target={Uri.EscapeDataString(path)}");

        log.Of("action").ShouldBe(["key.delete", "key.rotate", "key.change", "key.create"]);
        var store = gateway.Tenants;
        var fingerprint = (await AdminKey.OpenAsync(store, RunningGateway.AdminKey, default)).Fingerprint;
        log.Of("who").ShouldAllBe(who => who == fingerprint);
        fingerprint.Length.ShouldBe(8);
        var change = log["data"]![2]!;
        ((string?)change["before"]!["name"], (string?)change["after"]!["name"], (string?)change["tenant"]).ShouldBe(("old", "new", "default"));
        log["data"]![3]!["before"].ShouldBeNull();
        foreach (var text in new[] { (string)key["key"]!, (string)rotated["key"]! })
            log.ToJsonString().ShouldNotContain(text[^64..]);
        log.ToJsonString().ShouldNotContain("hash");
    }

    [Fact]
    public async Task What_the_first_start_made_is_in_the_log()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();

        var log = await admin.OkAsync("GET", "/admin/audit?tenant=default");

        log.Of("action").ShouldBe(["key.create", "tenant.create"]);
        log.Of("who").ShouldAllBe(who => who == "first-start");
    }

    [Fact]
    public async Task The_log_comes_in_pages_the_newest_first()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        foreach (var id in new[] { "a", "b", "c" })
            await admin.CreateAsync("/admin/tenants", $$"""{"id":"{{id}}"}""");

        var first = await admin.OkAsync("GET", "/admin/audit?limit=2");
        first.Of("target").ShouldBe(["tenants/c", "tenants/b"]);
        var second = await admin.OkAsync("GET", $"/admin/audit?limit=2&after={first["next"]}");
        second.Of("target")[0].ShouldBe("tenants/a");
        ((bool)second["has_more"]!).ShouldBeTrue();
        (await admin.OkAsync("GET", "/admin/audit?tenant=nobody")).Of("id").ShouldBeEmpty();
    }
}
