using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Cluster.Tests.Clusters;
using Orchestra.Grains.Experts;
using Xunit.Abstractions;

namespace Orchestra.Cluster.Tests.Placement;

/// <summary>Where grains land in a cluster whose silos differ.</summary>
public sealed class PlacementTests(PlacementCluster shared, ITestOutputHelper output) : IClassFixture<PlacementCluster>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private IGrainFactory Grains => shared.Cluster[RunningCluster.First].Services.GetRequiredService<IGrainFactory>();

    [SkippableFact]
    public async Task Replicas_land_where_they_fit_and_spread_and_a_full_silo_gets_no_more()
    {
        // Asked for at the same moment, before any silo knows of the other replica.
        var twins = await Task.WhenAll(PlaceAsync("twin", 0), PlaceAsync("twin", 1));
        twins.Order(StringComparer.Ordinal).ShouldBe(["east", "west"]);
        (await PlaceAsync("rare", 0)).ShouldBe("east");

        using var client = shared.Api.Client();
        for (var i = 0; i < 10; i++)
        {
            // Of the two replicas of 'rare' one has no silo with memory left; the other serves all the same.
            using var response = await shared.Api.AskAsync(client, "rare");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        Room("west").ShouldSatisfyAllConditions(room => room.FreeMb.ShouldBe(40), room => room.Held.Count.ShouldBe(1));
        Room("east").ShouldSatisfyAllConditions(room => room.FreeMb.ShouldBe(10), room => room.Held.Count.ShouldBe(2));
    }

    [SkippableTheory]
    [InlineData("never", "No silo can hold the expert 'never'. Start one with the role expert")]
    [InlineData("huge", "No silo has the 1000 MiB of GPU memory free that a replica of 'huge' takes")]
    public async Task Without_a_silo_the_error_says_what_is_missing_and_comes_soon(string expert, string message)
    {
        using var client = shared.Api.Client();
        var started = Stopwatch.GetTimestamp();
        using var response = await shared.Api.AskAsync(client, expert);
        var took = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"{expert}: {took.TotalSeconds:0.0} s");
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!;
        (response.StatusCode, (string)error["code"]!).ShouldBe((HttpStatusCode.ServiceUnavailable, "no_expert"));
        ((string)error["message"]!).ShouldContain(message);
        took.ShouldBeLessThan(Soon);
        (await shared.Api.SpentAsync()).ShouldBeLessThan(0.001m);
    }

    [SkippableFact]
    public async Task A_silo_that_joins_is_used_soon()
    {
        using var client = shared.Api.Client();
        using (var response = await shared.Api.AskAsync(client, "late"))
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await shared.Cluster.AddExpertsAsync("north", 0, "late");
        var started = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(async () =>
        {
            using var response = await shared.Api.AskAsync(client, "late");
            return response.StatusCode == HttpStatusCode.OK;
        });
        var took = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"used {took.TotalSeconds:0.0} s after it had joined");
        took.ShouldBeLessThan(Soon);
        (await PlaceAsync("late", 0)).ShouldBe("north");
        await shared.Cluster.StopAsync("north");
    }

    [SkippableFact]
    public async Task Accounts_and_conversations_never_land_on_silos_of_experts_nor_experts_on_conductors()
    {
        using var client = shared.Api.Client();
        for (var i = 0; i < 10; i++)
            (await shared.Api.AskAsync(client, "twin", conversation: $"chat-{i}")).Dispose();
        var placed = await Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        var silos = placed.ToLookup(grain => grain.GrainId.Type.ToString()!, grain => grain.SiloAddress);
        var conductor = Silo(RunningCluster.First);
        silos["budget"].ShouldNotBeEmpty();
        silos["budget"].ShouldAllBe(silo => silo.Equals(conductor));
        silos["conversation"].Count().ShouldBeGreaterThanOrEqualTo(10);
        silos["conversation"].ShouldAllBe(silo => silo.Equals(conductor));
        silos["expert"].ShouldNotBeEmpty();
        silos["expert"].ShouldAllBe(silo => !silo.Equals(conductor));
    }

    private async Task<string> PlaceAsync(string expert, int replica)
    {
        var grain = Grains.GetGrain<IExpertGrain>(new ExpertKey(expert, replica).ToString());
        string? silo = null;
        // A silo that has just joined is not known to offer anything yet.
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                silo = (await grain.LoadAsync(default)).Silo;
                return true;
            }
            catch (OrleansException)
            {
                return false;
            }
        });
        return silo!;
    }

    private ExpertRoom Room(string silo) => shared.Cluster[silo].Services.GetRequiredService<ExpertRoom>();

    private SiloAddress Silo(string name) => shared.Cluster[name].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
}
