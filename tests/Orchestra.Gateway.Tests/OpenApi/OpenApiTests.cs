using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Orchestra.Gateway.Tests.Admin;

namespace Orchestra.Gateway.Tests.OpenApi;

public sealed partial class OpenApiTests
{
    [Fact]
    public async Task It_has_exactly_the_paths_and_methods_that_are_served()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var document = await OpenApiDocument.ReadAsync(gateway);
        var served =
            from route in gateway.Routes
            from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
            select $"{method} {route.RoutePattern.RawText}";

        document.Operations.Select(operation => $"{operation.Method} {operation.Path}").ShouldBe(served, ignoreOrder: true);
        gateway.Routes.Count(route => route.Metadata.GetMetadata<HttpMethodMetadata>() is null).ShouldBe(1, "only the fallback takes every method");
    }

    [Fact]
    public async Task Every_reference_leads_somewhere_and_every_component_is_used()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var document = await OpenApiDocument.ReadAsync(gateway);
        var components =
            from kind in document.Root["components"]!.AsObject()
            where kind.Key != "securitySchemes"
            from component in kind.Value!.AsObject()
            select $"#/components/{kind.Key}/{component.Key}";

        document.References.ShouldAllBe(reference => document.Find(reference) != null);
        document.References.Distinct().ShouldBe(components, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_and_answers_and_who_may_ask()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var document = await OpenApiDocument.ReadAsync(gateway);

        document.Root["openapi"]!.GetValue<string>().ShouldBe("3.1.0");
        document.Operations.Select(operation => operation.Operation["operationId"]!.GetValue<string>()).ShouldBeUnique();
        foreach (var (method, path, operation, parameters) in document.Operations)
        {
            operation["summary"]!.GetValue<string>().ShouldNotBeEmpty();
            operation["responses"]!.AsObject().ShouldContain(response => response.Key.StartsWith('2'), $"{method} {path}");
            operation["responses"]!.AsObject().ShouldAllBe(response => document.Follow(response.Value!)["description"] != null);
            parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "path").Select(parameter => parameter["name"]!.GetValue<string>())
                .ShouldBe(Placeholder().Matches(path).Select(match => match.Groups["name"].Value), ignoreOrder: true, $"{method} {path}");
            var schemes = operation["security"]!.AsArray().SelectMany(scheme => scheme!.AsObject()).Select(scheme => scheme.Key);
            schemes.ShouldBe(path.StartsWith("/admin/", StringComparison.Ordinal) ? ["adminKey"] : path.StartsWith("/v1/", StringComparison.Ordinal) ? ["apiKey"] : [], path);
            schemes.ShouldAllBe(scheme => document.Find($"#/components/securitySchemes/{scheme}") != null);
        }
    }

    [Fact]
    public async Task Query_parameters_are_those_that_lists_take()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var document = await OpenApiDocument.ReadAsync(gateway);
        var lists = document.Operations.Where(operation =>
            operation.Method == "GET" && operation.Path.StartsWith("/admin/", StringComparison.Ordinal) && !operation.Path.Contains('{')).ToList();

        lists.Count.ShouldBe(10);
        foreach (var (_, path, _, parameters) in lists)
        {
            var error = await admin.ExpectAsync(HttpStatusCode.BadRequest, "GET", path + "?nobody_takes_this=1");
            var taken = error["error"]!["message"]!.GetValue<string>().Split(": ")[1].TrimEnd('.').Split(", ");
            parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "query").Select(parameter => parameter["name"]!.GetValue<string>())
                .ShouldBe(taken, ignoreOrder: true, path);
            document.Differences(document.SchemaOf("GET", path, "400"), error, path).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Answers_have_the_fields_of_their_schemas()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var document = await OpenApiDocument.ReadAsync(gateway);
        await Check("POST", "/admin/tenants", "201", body: """{"id":"acme","limits":{"requests_per_minute":9}}""");
        await Check("POST", "/admin/teams", "201", body: """{"tenant":"acme","id":"red"}""");
        await Check("POST", "/admin/users", "201", body: """{"tenant":"acme","id":"ann"}""");
        var id = (await Check("POST", "/admin/keys", "201", body: """{"tenant":"acme","team":"red","metadata":{"project":"x"}}"""))["id"]!.GetValue<string>();
        await Check("POST", "/admin/keys/{id}/rotate", "200", $"/admin/keys/{id}/rotate", """{"grace_seconds":9}""");
        await Check("PUT", "/admin/tenants/{id}/budget", "200", "/admin/tenants/acme/budget", """{"limit_usd":"5"}""");
        const string Budget = "/admin/budgets/{tenant}/{scope}/{window}";
        await Check("PUT", Budget, "200", "/admin/budgets/acme/team:red/monthly", """{"limit_usd":"5","warn_at":[50]}""");
        await Check("POST", Budget + "/grant", "200", "/admin/budgets/acme/team:red/monthly/grant", """{"amount_usd":"1"}""");
        await Check("POST", Budget + "/reset", "200", "/admin/budgets/acme/team:red/monthly/reset");
        await Check("PUT", "/admin/budgets/{tenant}/time_zone", "200", "/admin/budgets/acme/time_zone", """{"time_zone":"UTC"}""");
        await Check("GET", "/admin/budgets", "200", "/admin/budgets?tenant=acme");
        foreach (var list in new[] { "tenants", "teams", "users", "keys", "audit", "ledger", "spend", "policies", "policies/rollout" })
            await Check("GET", "/admin/" + list, "200");
        using var client = gateway.Client();
        var models = await client.ExpectAsync(HttpStatusCode.OK, "GET", "/v1/models");
        document.Differences(document.SchemaOf("GET", "/v1/models", "200"), models, "models").ShouldBeEmpty();
        var own = await client.ExpectAsync(HttpStatusCode.OK, "GET", "/v1/budget");
        document.Differences(document.SchemaOf("GET", "/v1/budget", "200"), own, "budget").ShouldBeEmpty();

        async Task<JsonNode> Check(string method, string path, string status, string? url = null, string? body = null)
        {
            var answer = await admin.ExpectAsync(Enum.Parse<HttpStatusCode>(status), method, url ?? path, body);
            document.Differences(document.SchemaOf(method, path, status), answer, path).ShouldBeEmpty();
            return answer;
        }
    }

    [Fact]
    public async Task A_client_that_has_it_is_not_sent_it_again()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = gateway.Client(key: null);
        using var first = await client.GetAsync("/openapi/v1.json");
        var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var second = await client.SendAsync(request);
        var other = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json") { Headers = { IfNoneMatch = { new EntityTagHeaderValue("\"another\"") } } };
        using var third = await client.SendAsync(other);

        first.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        first.Headers.CacheControl!.NoCache.ShouldBeTrue();
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [GeneratedRegex(@"\{(?<name>\w+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
