using System.Net;
using System.Text.Json.Nodes;

namespace Orchestra.Gateway.Tests.Models;

public sealed class ModelsEndpointTests
{
    [Fact]
    public async Task The_conductor_comes_first_then_every_expert()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = gateway.Client();

        var list = JsonNode.Parse(await client.GetStringAsync("/v1/models"))!;

        list["object"]!.GetValue<string>().ShouldBe("list");
        list["data"]!.AsArray().Select(model => model!["id"]!.GetValue<string>()).ShouldBe(["orchestra", "calculator"]);
        list["data"]!.AsArray().ShouldAllBe(model => model!["created"]!.GetValue<long>() > 0 && model["object"]!.GetValue<string>() == "model");
    }

    [Fact]
    public async Task Without_a_key_nothing_is_listed()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = gateway.Client(key: null);

        (await client.GetAsync("/v1/models")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
