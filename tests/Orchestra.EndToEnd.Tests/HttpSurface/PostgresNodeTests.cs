using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using OpenAI.Chat;
using Orchestra.Cli.CommandLine;
using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.HttpSurface;

/// <summary>Nodes that keep everything in one PostgreSQL.</summary>
public sealed class PostgresNodeTests
{
    [SkippableFact]
    public async Task Two_nodes_on_one_database_know_the_same_keys_money_and_trajectories()
    {
        await using var database = await PostgresTestDatabase.CreateAsync();
        string[] storage = ["Orchestra:Storage:Kind=postgres", $"Orchestra:Storage:ConnectionString={database.ConnectionString}"];
        await using var one = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer("One.")), storage);
        await using var two = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer("Two.")), storage);
        two.Key.ShouldBeEmpty("Only the first start of all makes keys.");
        foreach (var node in new[] { one, two })
        {
            node.Report.ShouldContain($"Data: PostgreSQL database {database.Name} on ");
            node.Report.ShouldNotContain(new NpgsqlConnectionStringBuilder(database.ConnectionString).Password!);
        }

        var answer = await two.Chat(key: one.Key).CompleteChatAsync(new UserChatMessage("Hi there!"));
        answer.Value.Content[0].Text.ShouldBe("Two.");
        answer.GetRawResponse().Headers.TryGetValue("x-orchestra-trajectory", out var id).ShouldBeTrue();
        await Eventually.TrueAsync(async () =>
        {
            using var admin = one.Admin();
            using var found = await admin.GetAsync(new Uri($"/admin/trajectories/{id}", UriKind.Relative));
            return found.StatusCode == HttpStatusCode.OK;
        });
        await Eventually.TrueAsync(async () => (string)(await one.BudgetAsync())["spent_usd"]! == "0.000017");

        await one.LimitAsync("0.000018");
        using var refused = await two.PostAsync("""{"model":"orchestra","messages":[{"role":"user","content":"Hi there!"}]}""", one.Key);
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("insufficient_quota");
        two.Upstream.Requests.Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task The_ledger_commands_read_the_database_while_a_node_runs()
    {
        await using var database = await PostgresTestDatabase.CreateAsync();
        string[] storage = ["Orchestra:Storage:Kind=postgres", $"Orchestra:Storage:ConnectionString={database.ConnectionString}"];
        await using var node = await RunningNode.StartAsync(new FaultyUpstream(Replies.Answer("One.")), storage);
        await node.Chat().CompleteChatAsync(new UserChatMessage("Hi there!"));
        await Eventually.TrueAsync(async () => (string)(await node.BudgetAsync())["spent_usd"]! == "0.000017");

        var verified = JsonNode.Parse(await RunAsync(storage, "ledger", "verify", "--json"))!;
        ((bool)verified["clean"]!).ShouldBeTrue();
        ((int)verified["tenants"]!, (long)verified["rows"]! >= 2).ShouldBe((1, true));

        var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        string Day(int day) => today.AddDays(day).ToString("yyyy-MM-dd", null);
        var rows = (await RunAsync(storage, "ledger", "export", "--from", Day(-1), "--to", Day(2), "--format", "jsonl")).TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        rows.Count.ShouldBe((int)verified["rows"]!);
        rows.Where(row => (string?)row["kind"] == "settle").ShouldHaveSingleItem()["amount_usd"]!.ToString().ShouldBe("0.000017");

        foreach (var by in new[] { "tenant", "team", "user", "key", "expert", "day" })
        {
            var spend = JsonNode.Parse(await RunAsync(storage, "spend", "--by", by, "--json"))!;
            ((string?)spend["total_usd"], (long)spend["data"]!.AsArray().ShouldHaveSingleItem()!["calls"]!).ShouldBe(("0.000017", 1), by);
        }

        (await RunAsync(storage, "ledger", "rollup", "--older-than", "35d")).ShouldStartWith("0 rows");
    }

    private static async Task<string> RunAsync(string[] storage, params string[] command)
    {
        var console = new InvocationConfiguration { Output = new StringWriter(), Error = new StringWriter() };
        var exitCode = await OrchestraCommand.RunAsync([.. command, .. storage.SelectMany(setting => new[] { "--set", setting })], console);
        exitCode.ShouldBe(ExitCode.Ok, console.Error.ToString());
        return console.Output.ToString()!;
    }
}
