using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.Budgets;

/// <summary>Two nodes that spend one tenant's money at the same time, of which one dies.</summary>
public sealed class TwoNodesTests
{
    private const string Endless = "Never mind";

    [Fact]
    public async Task On_one_SQLite_file_two_nodes_keep_the_limit_and_one_survives_the_other()
    {
        await using var store = NodeStore.OnSqlite();
        await SpendAsync(store, limit: 0.01m, beforeTheKill: 40);
    }

    [SkippableFact]
    public async Task On_one_PostgreSQL_two_nodes_keep_the_limit_and_one_survives_the_other()
    {
        await using var store = await NodeStore.OnPostgresAsync();
        await SpendAsync(store, limit: 0.02m, beforeTheKill: 100);
    }

    private static async Task SpendAsync(NodeStore store, decimal limit, int beforeTheKill)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = new FaultyUpstream(async exchange =>
        {
            if (exchange.Request.Body.Contains(Endless, StringComparison.Ordinal))
            {
                asked.TrySetResult();
                await exchange.UntilClientLeavesAsync();
            }
            else
            {
                await exchange.ReplyAsync(200, Replies.Completion("hello"));
            }
        });
        await using var staying = await store.StartNodeAsync(upstream);
        var key = staying.PrintedKey();
        await using var dying = await store.StartNodeAsync(upstream);
        await staying.LimitAsync(limit);

        using var client = dying.Client(key);
        var endless = Load.AskOnceAsync(client, Endless);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await using var first = Load.Start(staying, key, 8);
        await using var second = Load.Start(dying, key, 8);
        await Task.WhenAll(first.AnswerAsync(beforeTheKill), second.AnswerAsync(beforeTheKill));
        await dying.KillAsync();
        await Should.ThrowAsync<HttpRequestException>(endless);
        await first.UntilOverAsync();
        first.Failed.ShouldBe(0, first.LastError);
        second.Failed.ShouldBe(0, second.LastError);

        // What the dead node held is billed when its leases end, and then one client finds what the others' holds left over.
        await staying.SettledBudgetAsync();
        staying.Output.ShouldContain("expired; the $");
        await using var rest = Load.Start(staying, key, 1);
        await rest.UntilOverAsync();
        var spent = await staying.SettledSpendAsync();
        spent.ShouldBeLessThanOrEqualTo(limit);
        spent.ShouldBeGreaterThan(limit - Load.Hold, "Money that nobody holds refuses nobody.");
        spent.ShouldBeGreaterThanOrEqualTo(first.Reported + second.Reported + rest.Reported, "What was answered is paid for.");
        await store.ShouldVerifyAsync();
    }
}
