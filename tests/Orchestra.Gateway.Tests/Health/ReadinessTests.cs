using System.Net;

namespace Orchestra.Gateway.Tests.Health;

public sealed class ReadinessTests
{
    [Fact]
    public async Task A_host_is_ready_from_its_start_to_its_stop_and_alive_all_the_time()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = gateway.Client(key: null);

        (await client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        gateway.Readiness.Start();
        (await client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Readiness.Stop();
        (await client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
