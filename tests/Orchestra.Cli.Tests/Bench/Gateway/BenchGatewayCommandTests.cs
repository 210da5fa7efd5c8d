using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Orchestra.Cli.Bench.Gateway.Upstream;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Budgets;

namespace Orchestra.Cli.Tests.Bench.Gateway;

public sealed class BenchGatewayCommandTests
{
    private static readonly string[] Brief = ["--rounds", "1", "--seconds", "0.1", "--warm-up", "0.1", "--connections", "4"];

    [Fact]
    public async Task The_bench_measures_a_running_endpoint_with_processes_of_its_own()
    {
        using var upstream = new MockUpstream(TimeProvider.System);
        var url = $"http://127.0.0.1:{upstream.Listen(0)}";
        using var ended = new CancellationTokenSource();
        var serving = upstream.RunAsync(ended.Token);

        var run = await CommandRun.RunAsync(["bench", "gateway", "--json", "--url", url, "--key", "secret", .. Brief]);

        await ended.CancelAsync();
        await serving;
        run.Error.ShouldNotContain("orchestra:");
        run.ExitCode.ShouldBe(ExitCode.Ok);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("sound").GetBoolean().ShouldBeTrue();
        foreach (var figure in json.RootElement.GetProperty("figures").EnumerateArray())
            figure.GetProperty("node").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_everything_ends_the_bench_with_its_words()
    {
        await using var node = await TestNode.StartAsync(401, "application/json", """{"error":{"message":"wrong key"}}""");

        var run = await CommandRun.RunAsync(["bench", "gateway", "--url", node.Url, "--key", "secret", .. Brief]);

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("wrong key");
        run.Error.ShouldNotContain("secret");
    }

    [Fact]
    public void The_mocks_answer_costs_what_its_usage_says() => MockReply.Cost.ShouldBe(new Money((25 * 150) + (120 * 600)));

    [Fact]
    public async Task A_port_in_use_is_reported_and_nothing_is_left_running()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();

        var run = await CommandRun.RunAsync(["bench", "gateway", "--upstream-port", $"{((IPEndPoint)taken.LocalEndPoint!).Port}", .. Brief]);

        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("mock upstream ended early");
        run.Error.ShouldContain("in use");
    }
}
