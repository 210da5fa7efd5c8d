using System.Net;
using Orchestra.Core.Experts;

namespace Orchestra.Gateway.Tests.Metrics;

public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task It_shows_requests_experts_and_the_runtime_to_anybody_who_asks()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var watch = ExpertInstruments.Watch("metrics \"quoted\" expert", () => 3, () => 2);
        using var client = gateway.Client(key: null);
        await client.GetAsync("/healthz");
        MetricsPage page = null!;
        // The server counts a request only after it has answered it, and the page is read anew only once a second.
        await Eventually.TrueAsync(async () =>
        {
            using var response = await client.GetAsync("/metrics");
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
            page = MetricsPage.Parse(await response.Content.ReadAsStringAsync());
            return page.SamplesOf("http_server_request_duration_seconds_count").Any(sample => sample.Contains("/healthz", StringComparison.Ordinal));
        });

        page["""orchestra_expert_queue_depth{expert="metrics \"quoted\" expert"}"""].ShouldBe(3);
        page["""orchestra_expert_running{expert="metrics \"quoted\" expert"}"""].ShouldBe(2);
        page.Types["dotnet_process_memory_working_set_bytes"].ShouldBe("gauge");
        page.Types["dotnet_gc_collections_total"].ShouldBe("counter");
        page.Samples.Keys.ShouldContain(sample => sample.StartsWith("kestrel_active_connections{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crowd_of_readers_gets_one_reading_a_second()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var asked = 0;
        using var watch = ExpertInstruments.Watch("asked-often", () => Interlocked.Increment(ref asked), () => 0);
        using var client = gateway.Client(key: null);
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 50; i++)
            (await client.GetAsync("/metrics")).EnsureSuccessStatusCode();

        asked.ShouldBeInRange(1, (int)TimeProvider.System.GetElapsedTime(started).TotalSeconds + 1);
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var gateway = await RunningGateway.StartAsync(configure: options => options.Gateway.Metrics = false);
        using var client = gateway.Client(key: null);

        (await client.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
