using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Learning.Policies;

namespace Orchestra.EndToEnd.Tests.Learning;

/// <summary>The loop of learning, walked through once over HTTP: a trained policy conducts, clients say what was right, and the next policy takes over while the node runs.</summary>
public sealed class LearningLoopTests
{
    private const int Queries = 60;

    [Fact]
    public async Task A_trained_policy_cascades_and_the_next_one_is_trained_on_what_clients_said_and_takes_over_without_a_restart()
    {
        using var folder = new TemporaryFolder();
        var (known, asked) = (StoryTable.Rows(1, 400), StoryTable.Rows(2, Queries));
        var first = await TrainAsync(folder, "first", known);
        await using var node = await SampleNode.StartAsync(folder.Path, asked, $"Orchestra:Conductor:Policy={folder.File("first.orchestra")}", "Orchestra:Conductor:Lambda=3");

        var answers = new List<SampleAnswer>();
        foreach (var row in asked)
            answers.Add(await node.AskAsync(row));

        // Some answers of the cheap model are enough, others are not.
        answers.Count(answer => answer.Experts.Distinct().Count() == 2).ShouldBeInRange(3, Queries - 3, string.Join("\n", answers.Select(answer => $"{string.Join('+', answer.Experts)} {answer.Score}").Concat(first.Card.Frontier.Select(point => $"{point}"))));
        answers.Average(answer => answer.Score).ShouldBeGreaterThan(asked.Average(row => row.Outcomes[StoryTable.Cheap].Score) + 0.1);
        answers.Sum(answer => answer.Dollars).ShouldBeLessThan(asked.Sum(row => row.Outcomes[StoryTable.Dear].CostUsd!.Value));
        (await node.SettledSpendAsync()).ShouldBe(answers.Sum(answer => answer.Dollars));
        await CheckOddsAsync(node, answers, first);

        for (var i = 0; i < Queries; i++)
            await node.SayAsync(answers[i].Trajectory, asked[i].Answer!);
        var exported = await ExportAsync(node, folder);
        var next = await TrainAsync(folder, "next", [.. known, .. exported], "--from", folder.File("first.orchestra"));
        next.Id.ShouldNotBe(first.Id);

        await SwapWhileServingAsync(node, asked, folder.File("next.orchestra"), next);
    }

    private static async Task CheckOddsAsync(SampleNode node, List<SampleAnswer> answers, Policy policy)
    {
        foreach (var answer in answers.Take(10))
        {
            JsonNode? trajectory = null;
            await Eventually.TrueAsync(async () => (trajectory = await node.TrajectoryAsync(answer.Trajectory))["steps"] is JsonArray { Count: > 0 });
            ((string)trajectory!["conductor"]!).ShouldBe($"learned:{policy.Id}");
            var odds = trajectory["steps"]![0]!["odds"]!;
            ((string)odds["policy"]!).ShouldBe(policy.Id);
            odds["moves"]!.AsObject().Sum(move => (double)move.Value!).ShouldBe(1, 1e-3);
            ((double)odds["probability"]!).ShouldBeInRange(0.001, 1);
        }
    }

    /// <summary>The exported rows, when all feedback is in them.</summary>
    private static async Task<List<OutcomeRow>> ExportAsync(SampleNode node, TemporaryFolder folder)
    {
        var rows = new List<OutcomeRow>();
        await Eventually.TrueAsync(async () =>
        {
            await RunAsync("export", "--data", node.Data, "--out", folder.File("outcomes.jsonl"));
            rows.Clear();
            await foreach (var row in OutcomeReader.ReadAsync(folder.File("outcomes.jsonl")))
                rows.Add(row);
            return rows.Count == Queries;
        });
        // An answer that names no number is not wrong but unknown, so most rows hold one expert.
        rows.SelectMany(row => row.Outcomes.Keys).Distinct().Count().ShouldBe(2);
        return rows;
    }

    private static async Task SwapWhileServingAsync(SampleNode node, IReadOnlyList<OutcomeRow> asked, string file, Policy next)
    {
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(client => Task.Run(async () =>
        {
            var served = 0;
            for (var i = client; !stop.IsCancellationRequested; i = (i + 4) % asked.Count, served++)
                await node.AskAsync(asked[i]);
            return served;
        })).ToList();
        await RunAsync("policy", "add", file, "--url", node.Url, "--admin-key", node.AdminKey);
        await RunAsync("policy", "promote", next.Id, "--url", node.Url, "--admin-key", node.AdminKey);
        await Eventually.TrueAsync(async () =>
        {
            var answer = await node.AskAsync(asked[0]);
            return (string?)(await node.TrajectoryAsync(answer.Trajectory))["conductor"] == $"learned:{next.Id}";
        });
        await stop.CancelAsync();
        // A request that was dropped would have thrown.
        (await Task.WhenAll(clients)).Sum().ShouldBeGreaterThan(0);
    }

    private static async Task<Policy> TrainAsync(TemporaryFolder folder, string name, IReadOnlyList<OutcomeRow> rows, params string[] more)
    {
        var table = folder.File($"{name}.jsonl");
        await StoryTable.WriteAsync(table, rows);
        await RunAsync(["train", "--data", table, "--out", folder.File($"{name}.orchestra"), "--epochs", "1", "--seed", "1", .. more]);
        return await Policy.ReadAsync(folder.File($"{name}.orchestra"), default);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        (await OrchestraCommand.RunAsync(arguments, configuration)).ShouldBe(ExitCode.Ok, configuration.Error.ToString());
    }
}
