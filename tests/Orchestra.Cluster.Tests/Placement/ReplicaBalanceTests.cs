using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Cluster.Tests.Clusters;
using Orchestra.Core.Tests.Experts.OpenAI;
using Orchestra.Grains.Experts;
using Xunit.Abstractions;

namespace Orchestra.Cluster.Tests.Placement;

public sealed class ReplicaBalanceTests(ITestOutputHelper output)
{
    private const int Callers = 4;

    [SkippableFact]
    public async Task A_silo_that_joins_takes_its_part_of_the_replicas_under_load_and_no_request_is_lost()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer("Hello."));
        await using var cluster = await RunningCluster.StartAsync(new Dictionary<string, object> { ["small"] = ChatExpert.At(upstream.Endpoint, replicas: 2) });
        await cluster.AddExpertsAsync("west", 0);
        var api = new ClusterApi(cluster);
        using var client = api.Client();
        await Eventually.TrueAsync(async () =>
        {
            (await api.AskAsync(client, "small")).Dispose();
            return Room(cluster, "west").Held.Count == 2;
        });

        using var end = new CancellationTokenSource();
        var load = Enumerable.Range(0, Callers).Select(_ => AskAsync(api, client, end.Token)).ToList();
        await cluster.AddExpertsAsync("east", 0);
        var started = Stopwatch.GetTimestamp();
        await Eventually.TrueAsync(() => Room(cluster, "east").Held.Count == 1 && Room(cluster, "west").Held.Count == 1);
        output.WriteLine($"a replica came to the new silo {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s after it had joined");
        await end.CancelAsync();
        var served = await Task.WhenAll(load);
        output.WriteLine($"{served.Sum(caller => caller.Answered)} requests meanwhile");
        served.ShouldAllBe(caller => caller.Answered > 0 && caller.Failed == 0);
    }

    private static async Task<(int Answered, int Failed)> AskAsync(ClusterApi api, HttpClient client, CancellationToken end)
    {
        var (answered, failed) = (0, 0);
        while (!end.IsCancellationRequested)
        {
            // What is under way is to be answered.
            using var response = await api.AskAsync(client, "small", ct: CancellationToken.None);
            if (response.StatusCode == HttpStatusCode.OK)
                answered++;
            else
                failed++;
        }

        return (answered, failed);
    }

    private static ExpertRoom Room(RunningCluster cluster, string silo) => cluster[silo].Services.GetRequiredService<ExpertRoom>();
}
