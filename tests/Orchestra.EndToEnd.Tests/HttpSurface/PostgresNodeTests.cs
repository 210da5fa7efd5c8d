using System.Net;
using Npgsql;
using OpenAI.Chat;
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
}
