using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Orchestra.Cluster.Tests.Clusters;
using Orchestra.Core.Tests.Experts.OpenAI;
using Orchestra.Grains.Conducting;
using Xunit.Abstractions;

namespace Orchestra.Cluster.Tests.Gateway;

public sealed class PolicyPromotionTests(ITestOutputHelper output)
{
    private const string Learned = "Orchestra:Conductor:Kind=learned";

    [SkippableFact]
    public async Task A_promoted_policy_reaches_every_silo_that_conducts()
    {
        await using var upstream = new FaultyUpstream(Replies.Answer());
        var experts = new Dictionary<string, object> { ["small"] = ChatExpert.At(upstream.Endpoint), ["large"] = ChatExpert.At(upstream.Endpoint) };
        await using var cluster = await RunningCluster.StartAsync(experts, Learned);
        await cluster.AddAsync("second", ["conductor"], TextWriter.Null, Learned);
        using var admin = new ClusterApi(cluster).Admin();
        using var policy = new ByteArrayContent(PolicyBytes.Of(1)) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using (var added = await admin.PutAsync("/admin/policies", policy))
            added.EnsureSuccessStatusCode();
        (await ReportsAsync(cluster)).ShouldAllBe(report => report.Conductor == "learned" && report.Active == null);

        var started = Stopwatch.GetTimestamp();
        using (var promoted = await admin.PostAsJsonAsync($"/admin/policies/{PolicyBytes.IdOf(1)}/promote", new { }))
            promoted.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => (await ReportsAsync(cluster)).All(report => report.Active == PolicyBytes.IdOf(1)));
        var took = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"on both silos after {took.TotalSeconds:0.0} s");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await ReportsAsync(cluster)).Select(report => report.Silo).Order(StringComparer.Ordinal).ShouldBe([RunningCluster.First, "second"]);
    }

    /// <summary>What both silos say, each asked through the other one.</summary>
    private static async Task<ConductorReport[]> ReportsAsync(RunningCluster cluster)
    {
        var (first, second) = (cluster[RunningCluster.First].Services, cluster["second"].Services);
        return await Task.WhenAll(AskAsync(first, second), AskAsync(second, first));
    }

    private static async Task<ConductorReport> AskAsync(IServiceProvider from, IServiceProvider about)
    {
        var silo = about.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString();
        ConductorReport? report = null;
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                report = await from.GetRequiredService<IGrainFactory>().GetGrain<IOrchestratorGrain>(silo).GetAsync(default);
                return true;
            }
            catch (OrleansException)
            {
                // It has just joined.
                return false;
            }
        });
        return report!;
    }
}
