using System.Text;
using System.Text.Json;
using Orchestra.Cli.Bench.Gateway.Load;
using Orchestra.Cli.Bench.Gateway.Upstream;

namespace Orchestra.Cli.Tests.Bench.Gateway;

public sealed class LoadGeneratorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_answer_of_the_mock_upstream_counts(bool stream)
    {
        using var upstream = new MockUpstream(TimeProvider.System);
        var url = new Uri($"http://127.0.0.1:{upstream.Listen(0)}/");
        using var ended = new CancellationTokenSource();
        var serving = upstream.RunAsync(ended.Token);

        var result = await new LoadGenerator(TimeProvider.System).RunAsync(new LoadPlan(url, "key", "mock", stream, Connections: 3, Seconds: 0.5), CancellationToken.None);

        await ended.CancelAsync();
        await serving;
        result.FirstFailure.ShouldBeNull();
        result.Requests.ShouldBeGreaterThan(0);
        result.P50Milliseconds.ShouldBeGreaterThan(0);
        result.P99Milliseconds.ShouldBeGreaterThanOrEqualTo(result.P50Milliseconds);
    }

    [Fact]
    public async Task A_refusal_counts_as_a_failure_with_its_words()
    {
        await using var node = await TestNode.StartAsync(429, "application/json", """{"error":{"message":"spent"}}""");

        var result = await new LoadGenerator(TimeProvider.System).RunAsync(new LoadPlan(new Uri(node.Url), "key", "mock", false, 1, 0.05), CancellationToken.None);

        result.Requests.ShouldBe(0);
        result.Failures.ShouldBeGreaterThan(0);
        result.FirstFailure.ShouldNotBeNull().ShouldStartWith("HTTP/1.1 429 Too Many Requests: ");
        result.FirstFailure.ShouldContain("""{"error":{"message":"spent"}}""");
    }

    [Fact]
    public void Each_request_names_another_guest_and_stays_valid()
    {
        var request = new LoadRequest(new LoadPlan(new Uri("http://127.0.0.1:1/base/"), "key", "mo\"del", Stream: true, 1, 1));

        var bodies = new[] { 0L, 1, 26, 27 }.Select(guest => Encoding.ASCII.GetString(request.For(guest).Span)).ToArray();

        bodies.Distinct().Count().ShouldBe(4);
        bodies[3].ShouldStartWith("POST /base/v1/chat/completions HTTP/1.1\r\n");
        var parts = bodies[3].Split("\r\n\r\n");
        parts[0].ShouldContain($"Content-Length: {parts[1].Length}");
        using var json = JsonDocument.Parse(parts[1]);
        json.RootElement.GetProperty("model").GetString().ShouldBe("mo\"del");
        json.RootElement.GetProperty("messages")[1].GetProperty("content").GetString().ShouldBe("Please say hello to our guest aaaaaabb.");
    }
}
