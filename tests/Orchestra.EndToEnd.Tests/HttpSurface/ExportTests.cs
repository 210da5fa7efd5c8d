using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Learning.Outcomes;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>From a query over HTTP and what a client says of its answer to a row that a conductor can learn from.</summary>
public sealed class ExportTests
{
    private const string Ask = """{"model":"small","messages":[{"role":"user","content":"Why is the sky blue?"}]}""";

    [Fact]
    public async Task A_query_and_its_feedback_come_out_as_a_row_while_the_node_runs()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer("Air scatters blue light most.")));
        var id = (await node.PostAsync(Ask)).Headers.GetValues("x-orchestra-trajectory").Single();

        var said = await node.PostAsync($$"""{"trajectory":"{{id}}","score":0.75,"comment":"Short."}""", path: "/v1/feedback");
        var answer = JsonNode.Parse(await said.Content.ReadAsStringAsync())!;
        (said.StatusCode, (string?)answer["object"], (string?)answer["trajectory"]).ShouldBe((HttpStatusCode.OK, "feedback", id));

        var row = (await RowsAsync(node, 1)).ShouldHaveSingleItem();
        (row.Id, row.Prompt).ShouldBe((id, "Why is the sky blue?"));
        var outcome = row.Outcomes["small"];
        (outcome.Score, outcome.Response, outcome.CostUsd, outcome.InputTokens, outcome.OutputTokens).ShouldBe((0.75, "Air scatters blue light most.", 0.000017m, 11L, 3L));
    }

    [Fact]
    public async Task Feedback_that_is_given_again_replaces_what_was_said_before()
    {
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer("Air scatters blue light most.")));
        var id = (await node.PostAsync(Ask)).Headers.GetValues("x-orchestra-trajectory").Single();

        foreach (var thumbs in new[] { "up", "down" })
            (await node.PostAsync($$"""{"trajectory":"{{id}}","thumbs":"{{thumbs}}"}""", path: "/v1/feedback")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await RowsAsync(node, 1)).ShouldHaveSingleItem().Outcomes["small"].Score.ShouldBe(0);
    }

    /// <summary>The exported rows, when there are so many: trajectories are written behind their answers.</summary>
    private static async Task<List<OutcomeRow>> RowsAsync(RunningNode node, int count)
    {
        var file = Path.Combine(node.Data, "outcomes.jsonl.gz");
        var rows = new List<OutcomeRow>();
        await Eventually.TrueAsync(async () =>
        {
            var configuration = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
            (await OrchestraCommand.RunAsync(["export", "--data", node.Data, "--out", file], configuration)).ShouldBe(ExitCode.Ok, configuration.Error.ToString());
            rows.Clear();
            await foreach (var row in OutcomeReader.ReadAsync(file))
                rows.Add(row);
            return rows.Count == count;
        });
        return rows;
    }
}
