using Orchestra.Core.Tests.Experts.OpenAI;

namespace Orchestra.EndToEnd.Tests.Budgets;

/// <summary>A node whose PostgreSQL dies, or drops its connections, while it serves.</summary>
public sealed class PostgresFaultTests
{
    private const int Clients = 16;

    [SkippableFact]
    public async Task A_database_that_is_killed_under_load_loses_nothing_that_was_answered()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var store = await NodeStore.OnPostgresAsync(server);
        await using var upstream = new FaultyUpstream(Replies.Answer());
        await using var node = await store.StartNodeAsync(upstream);
        await using var load = Load.Start(node, node.PrintedKey(), Clients);
        await load.AnswerAsync(300);
        await server.KillAsync();
        await Eventually.TrueAsync(() => load.Failed >= Clients);
        await server.StartAsync();
        await load.AnswerAsync(300);
        await load.EndAsync();
        await CheckAsync(store, node, load, cuts: 1);
    }

    [SkippableFact]
    public async Task Connections_that_are_cut_under_load_lose_nothing_that_was_answered()
    {
        const int cuts = 5;
        await using var store = await NodeStore.OnPostgresAsync();
        await using var upstream = new FaultyUpstream(Replies.Answer());
        await using var node = await store.StartNodeAsync(upstream);
        await using var load = Load.Start(node, node.PrintedKey(), Clients);
        for (var i = 0; i < cuts; i++)
        {
            await load.AnswerAsync(100);
            await store.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }

        await load.AnswerAsync(100);
        await load.EndAsync();
        load.Failed.ShouldBeGreaterThan(0, "No cut was felt.");
        await CheckAsync(store, node, load, cuts);
    }

    private static async Task CheckAsync(NodeStore store, NodeProcess node, Load load, int cuts)
    {
        var spent = await node.SettledSpendAsync();
        spent.ShouldBeGreaterThanOrEqualTo(load.Reported, "What was answered is paid for.");
        spent.ShouldBeLessThanOrEqualTo(load.Reported + (cuts * Clients * Load.Hold), "Beyond it only the calls under way at a cut are billed, as reserved.");
        await store.ShouldVerifyAsync();
    }
}
