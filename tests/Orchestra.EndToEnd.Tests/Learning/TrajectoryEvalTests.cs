using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Outcomes;

namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>From a node that explores to what another policy would have reached, which a second node then shows to be so.</summary>
public sealed class TrajectoryEvalTests
{
    private const int Queries = 150;
    private const double Lambda = 0.1;

    [Fact]
    public async Task What_eval_says_of_a_policy_from_logged_traffic_is_what_a_node_reaches_that_serves_it()
    {
        var table = Rows(1_000, Queries);
        var policy = TrainedPolicies.Train(Rows(0, 200));
        await using var logging = await TableNode.StartAsync(table, policy, Lambda, explore: 1);
        foreach (var row in table)
            await logging.AskAsync(row);
        var report = await EvaluateAsync(logging);

        await using var serving = await TableNode.StartAsync(table, policy, Lambda, explore: 0);
        var served = new List<(bool IsRight, double Dollars)>();
        foreach (var row in table)
            served.Add(await serving.AskAsync(row));

        ((int)report["queries"]!, (int)report["score"]!["queries"]!).ShouldBe((Queries, Queries), report.ToJsonString());
        ShouldHold(report["score"]!, served.Average(one => one.IsRight ? 1.0 : 0));
        ShouldHold(report["cost_usd_per_1k"]!, 1_000 * served.Average(one => one.Dollars));
        ((double)report["agreement"]!).ShouldBeInRange(0.3, 0.99, "The node that logs draws other moves, too.");
        ((double)report["score"]!["effective_sample_size"]!).ShouldBeGreaterThan(20);
        ((double)report["unsupported"]!).ShouldBe(0);
        // The node that serves draws nothing, and its log tells its own policy's value exactly.
        var own = await EvaluateAsync(serving);
        ((double)own["score"]!["candidate"]!).ShouldBe(served.Average(one => one.IsRight ? 1.0 : 0), 1e-9);
        ((double)own["agreement"]!).ShouldBe(1, 1e-9);
    }

    /// <summary>The estimate lies where the truth is: within four standard errors, which chance leaves once in many thousand runs, and these are not idle.</summary>
    private static void ShouldHold(JsonNode figure, double truth)
    {
        var (value, low, high) = ((double)figure["candidate"]!, (double)figure["candidate_low"]!, (double)figure["candidate_high"]!);
        var error = (high - low) / 3.92;
        Math.Abs(value - truth).ShouldBeLessThanOrEqualTo((4 * error) + (0.02 * truth), figure.ToJsonString());
        error.ShouldBeLessThan(0.15 * truth, figure.ToJsonString());
    }

    /// <summary>The report, once all queries are in the store: trajectories are written behind their answers.</summary>
    private static async Task<JsonNode> EvaluateAsync(TableNode node)
    {
        JsonNode? report = null;
        await Eventually.TrueAsync(async () =>
        {
            var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
            var exitCode = await OrchestraCommand.RunAsync(["eval", "--trajectories", "--policy", node.Policy, "--config", node.Config, "--data", node.Data, "--json"], configuration);
            exitCode.ShouldBe(ExitCode.Ok, configuration.Error.ToString());
            report = JsonNode.Parse(configuration.Output.ToString()!)!;
            return (int)report["trajectories"]! == Queries;
        });
        return report!;
    }

    /// <summary>Sums that the cheap expert gets right where they are small, and half of the time else; the dear one is nearly always right.</summary>
    private static List<OutcomeRow> Rows(int from, int count) => [.. Enumerable.Range(from, count).Select(i =>
    {
        var isEasy = i % 2 == 0;
        var prompt = isEasy ? $"Easy riddle {i}: how many apples are in basket {i}?" : $"Hard riddle {i}: which integer solves the polynomial congruence of order {i}?";
        return new OutcomeRow($"row-{i}", "riddle", prompt, new Dictionary<string, Outcome>
        {
            [TrainedPolicies.Cheap] = Answered(i, isEasy || i % 4 == 1, 0.00003m),
            [TrainedPolicies.Dear] = Answered(i, i % 10 != 3, 0.0003m),
        })
        {
            Answer = $"{i}",
        };
    })];

    private static Outcome Answered(int number, bool isRight, decimal cost) =>
        new(isRight ? 1 : 0) { CostUsd = cost, InputTokens = 20, OutputTokens = 10, Response = $"I have thought about it. The answer is {(isRight ? number : number + 1)}." };
}
