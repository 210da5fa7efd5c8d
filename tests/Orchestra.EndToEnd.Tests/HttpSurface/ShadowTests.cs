using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>A node that asks another expert, too, and has a tenant of its own pay for it.</summary>
public sealed class ShadowTests
{
    private const string Ask = """{"model":"small","messages":[{"role":"user","content":"Why is the sky blue?"}]}""";

    [Fact]
    public async Task A_comparison_stands_beside_its_trajectory_and_the_client_pays_nothing_for_it()
    {
        var upstream = new FaultyUpstream(Replies.Answer("Air scatters blue light most."), Replies.Answer("Rayleigh scattering."));
        await using var node = await RunningNode.StartAsync(
            upstream, "Orchestra:Learning:Shadow:Share=1", "Orchestra:Learning:Shadow:Tenant=lab", "Orchestra:Experts:large:Kind=openai",
            $"Orchestra:Experts:large:Endpoint={upstream.Endpoint}", "Orchestra:Experts:large:Model=large-model", "Orchestra:Experts:large:Price:InputPerMillion=10",
            "Orchestra:Experts:large:Price:OutputPerMillion=20");
        using var admin = node.Admin();
        (await admin.PostAsJsonAsync("/admin/tenants", new { id = "lab" })).EnsureSuccessStatusCode();
        (await admin.PutAsJsonAsync("/admin/tenants/lab/budget", new { limit_usd = "1", window = "total" })).EnsureSuccessStatusCode();

        await node.LimitAsync("1");
        var response = await node.PostAsync(Ask);
        (await response.Content.ReadAsStringAsync()).ShouldContain("Air scatters blue light most.");

        var id = response.Headers.GetValues("x-orchestra-trajectory").Single();
        await Eventually.TrueAsync(async () => (await node.TrajectoryAsync(id))["shadows"] is JsonArray { Count: 1 });
        var shadow = (await node.TrajectoryAsync(id))["shadows"]![0]!;
        ((string?)shadow["expert"], (string?)shadow["text"], (string?)shadow["paid_by"], (string?)shadow["cost"]).ShouldBe(("large", "Rayleigh scattering.", "lab", "0.00017"));
        Spent(await node.SettledBudgetAsync()).ShouldBe(0.000017m);
        await Eventually.TrueAsync(async () => Spent((await admin.GetFromJsonAsync<JsonNode>("/admin/tenants/lab/budget"))!) == 0.00017m);
    }

    private static decimal Spent(JsonNode budget) => decimal.Parse((string)budget["spent_usd"]!, CultureInfo.InvariantCulture);
}
