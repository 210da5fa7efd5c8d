using Npgsql;
using Orchestra.Core.Budgets;
using Orchestra.Storage.Postgres;

namespace Orchestra.Storage.Tests.Postgres;

/// <summary>A server that is killed and connections that are cut: what was answered stays, and what was not is there whole or not at all.</summary>
public sealed class PostgresFaultTests
{
    private const int EntriesOfABatch = 200;

    [SkippableFact]
    public async Task A_server_killed_in_the_middle_of_appends_has_kept_every_answered_batch_whole()
    {
        await using var server = await PostgresServer.StartNewAsync();
        await using var database = await PostgresTestDatabase.CreateAsync(server);
        await using var opened = await PostgresHost.OpenAsync(database.ConnectionString);
        var store = new PostgresLedgerStore(opened);
        for (var round = 0; round < 3; round++)
        {
            var answered = new long[4];
            var writers = Enumerable.Range(0, answered.Length).Select(writer => Task.Run(() => WriteAsync(store, $"tenant{round}-{writer}", answered, writer))).ToList();
            await Eventually.TrueAsync(() => Enumerable.Range(0, answered.Length).All(writer => Interlocked.Read(ref answered[writer]) >= 3 * EntriesOfABatch));
            await server.KillAsync();
            foreach (var writer in writers)
                await Should.ThrowAsync<NpgsqlException>(writer);
            await server.StartAsync();

            var heads = (await store.ListHeadsAsync(default)).ToDictionary(head => head.TenantId, head => head.Version);
            for (var writer = 0; writer < answered.Length; writer++)
            {
                var tenant = $"tenant{round}-{writer}";
                var head = heads[tenant];
                head.ShouldBeGreaterThanOrEqualTo(answered[writer]);
                (head % EntriesOfABatch).ShouldBe(0);
                (await store.ReadAsync(tenant, 0, int.MaxValue, default)).Select(entry => entry.Version).ShouldBe(Enumerable.Range(1, (int)head).Select(version => (long)version));
                (await store.AppendAsync(Batch(tenant, head), default)).ShouldBeEmpty();
            }
        }
    }

    [SkippableFact]
    public async Task Connections_that_are_cut_cost_the_call_under_way_and_no_later_one()
    {
        await using var database = await PostgresTestDatabase.CreateAsync();
        await using var opened = await PostgresHost.OpenAsync(database.ConnectionString);
        var store = new PostgresLedgerStore(opened);
        // Enough to have the statement prepared on the server, whose end must be noticed.
        for (var i = 0; i < 10; i++)
            await store.AppendAsync([Entry("acme", i + 1)], default);

        await using var blocker = await database.ConnectAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("SELECT FROM orchestra.ledger_head FOR UPDATE", blocker))
            await command.ExecuteNonQueryAsync();
        var waiting = store.AppendAsync([Entry("acme", 11)], default);
        await Eventually.TrueAsync(async () =>
        {
            await using var command = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", blocker);
            return (long)(await command.ExecuteScalarAsync())! == 1;
        });
        await Should.ThrowAsync<NpgsqlException>(waiting);
        await transaction.RollbackAsync();

        (await store.AppendAsync([Entry("acme", 11)], default)).ShouldBeEmpty();
        (await store.ListHeadsAsync(default)).ShouldBe([new LedgerHead("acme", 11)]);
    }

    [SkippableFact]
    public async Task A_call_that_is_given_up_ends_at_once()
    {
        await using var database = await PostgresTestDatabase.CreateAsync();
        await using var opened = await PostgresHost.OpenAsync(database.ConnectionString);
        var store = new PostgresLedgerStore(opened);
        await store.AppendAsync([Entry("acme", 1)], default);
        await using var blocker = await database.ConnectAsync();
        await using var transaction = await blocker.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("SELECT FROM orchestra.ledger_head FOR UPDATE", blocker))
            await command.ExecuteNonQueryAsync();
        using var given = new CancellationTokenSource();
        var waiting = store.AppendAsync([Entry("acme", 2)], given.Token);
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        await transaction.RollbackAsync();
        (await store.AppendAsync([Entry("acme", 2)], default)).ShouldBeEmpty();
    }

    private static async Task WriteAsync(PostgresLedgerStore store, string tenant, long[] answered, int writer)
    {
        while (true)
        {
            (await store.AppendAsync(Batch(tenant, answered[writer]), default)).ShouldBeEmpty();
            Interlocked.Add(ref answered[writer], EntriesOfABatch);
        }
    }

    private static List<LedgerEntry> Batch(string tenant, long after) => [.. Enumerable.Range(1, EntriesOfABatch).Select(i => Entry(tenant, after + i))];

    private static LedgerEntry Entry(string tenant, long version) => new(
        tenant, version, new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero), LedgerEntryKind.Reserve, "op" + version, "op" + version, new Money(version), null,
        new Payer(tenant, "", "", "key"), "small", "traj", BudgetScope.Tenant, BudgetWindow.Total, string.Empty);
}
