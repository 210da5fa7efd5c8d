using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;
using Orchestra.Storage.Sqlite;

namespace Orchestra.Storage.Tests.Sqlite;

public sealed class SqliteLedgerStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2025, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly SqliteLedgerStore _store;

    public SqliteLedgerStoreTests()
    {
        _database = new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance);
        _store = new SqliteLedgerStore(_database, NullLogger<SqliteLedgerStore>.Instance);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Entries_come_back_as_they_went_in()
    {
        LedgerEntry[] entries =
        [
            Entry(1) with
            {
                Kind = LedgerEntryKind.SetLimit, ReservationId = string.Empty, Amount = Money.Max, Scope = BudgetScope.Team("a"), Window = BudgetWindow.Rolling(30), Until = null,
                Payer = null, Expert = string.Empty, TrajectoryId = string.Empty, Detail = "50,80",
            },
            Entry(2) with { Expert = "ü🎻'; DROP TABLE ledger; --" },
            Entry(3) with { Kind = LedgerEntryKind.Settle, Amount = new Money(-5), Until = Noon },
        ];
        (await _store.AppendAsync(entries, default)).ShouldBeEmpty();
        (await _store.ReadAsync("acme", 0, 100, default)).ShouldBe(entries);
        (await _store.ReadAsync("acme", 1, 1, default)).ShouldBe([entries[1]]);
        (await _store.ReadAsync("acme", 3, 100, default)).ShouldBeEmpty();
        (await _store.FindAsync("acme", ["op3", "nothing", "op1"], default)).ShouldBe([entries[0], entries[2]]);
        (await _store.FindAsync("zeta", ["op1"], default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task What_does_not_follow_on_the_last_entry_is_not_appended_but_the_other_tenants_are(long version)
    {
        await _store.AppendAsync([Entry(1), Entry(2)], default);
        var behind = await _store.AppendAsync([Entry(1, "zeta"), Entry(version) with { OperationId = "new" }], default);
        behind.ShouldBe(["acme"]);
        (await _store.ListHeadsAsync(default)).ShouldBe([new LedgerHead("acme", 2), new LedgerHead("zeta", 1)]);
    }

    [Fact]
    public async Task An_operation_that_is_recorded_already_is_not_appended_again()
    {
        await _store.AppendAsync([Entry(1), Entry(1, "zeta")], default);
        (await _store.AppendAsync([Entry(2, "zeta"), Entry(2) with { OperationId = "op1", ReservationId = "op1" }], default)).ShouldBe(["acme"]);
        (await _store.ListHeadsAsync(default)).ShouldBe([new LedgerHead("acme", 1), new LedgerHead("zeta", 2)]);
    }

    [Theory]
    [InlineData("UPDATE ledger SET amount = 0")]
    [InlineData("DELETE FROM ledger")]
    public async Task The_ledger_cannot_be_changed_by_any_program(string statement)
    {
        await _store.AppendAsync([Entry(1)], default);
        using var connection = _database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        Should.Throw<SqliteException>(() => command.ExecuteNonQuery()).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task A_newer_snapshot_replaces_an_older_one_and_not_the_other_way_round()
    {
        (await _store.ReadSnapshotAsync("acme", default)).ShouldBeNull();
        await _store.WriteSnapshotAsync(new LedgerSnapshot("acme", 20, "{}"), default);
        await _store.WriteSnapshotAsync(new LedgerSnapshot("acme", 10, "old"), default);
        (await _store.ReadSnapshotAsync("acme", default)).ShouldBe(new LedgerSnapshot("acme", 20, "{}"));
        await _store.WriteSnapshotAsync(new LedgerSnapshot("acme", 30, "new"), default);
        (await _store.ReadSnapshotAsync("acme", default)).ShouldBe(new LedgerSnapshot("acme", 30, "new"));
    }

    [Fact]
    public async Task Loading_a_long_ledger_reads_only_what_is_behind_its_snapshot()
    {
        var options = new LedgerBudgetsOptions { SnapshotEvery = 10 };
        var time = new FakeTimeProvider(Noon);
        await using (var host = new LedgerHost(_folder.Path, time, options))
        {
            for (var i = 0; i < 105; i++)
                await host.ReserveAsync("r" + i, 1);
        }

        await using var next = new LedgerHost(_folder.Path, time, options);
        await next.Budgets.Recovered;
        (await next.GetAsync()).Reserved.ShouldBe(new Money(105));
        next.Store.EntriesRead.ShouldBeLessThan(10);
        await next.SettleAsync("r0", 1);
        Seen.From((await next.FoldAsync()).StateAt(Noon)).ShouldBe(await next.GetAsync());
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"Format\":99,\"TenantId\":\"acme\",\"Version\":2,\"Open\":[]}")]
    public async Task A_snapshot_that_cannot_be_read_is_done_without(string state)
    {
        await _store.AppendAsync([Entry(1), Entry(2)], default);
        await _store.WriteSnapshotAsync(new LedgerSnapshot("acme", 2, state), default);
        await using var host = new LedgerHost(_folder.Path, new FakeTimeProvider(Noon));
        (await host.GetAsync()).Reserved.ShouldBe(new Money(3));
    }

    [Fact]
    public async Task An_operation_repeated_long_after_its_end_counts_once()
    {
        var time = new FakeTimeProvider(Noon);
        await using var host = new LedgerHost(_folder.Path, time);
        await host.ReserveAsync("r1", 10);
        await host.SettleAsync("r1", 7);
        for (var i = 0; i < 200; i++)
            await host.ReserveAsync("other" + i, 1);
        await host.ReserveAsync("r1", 10);
        await host.SettleAsync("r1", 7);
        (await Should.ThrowAsync<OrchestraException>(() => host.ReserveAsync("r1", 11))).Code.ShouldBe(ErrorCode.Conflict);
        (await Should.ThrowAsync<OrchestraException>(() => host.SettleAsync("r1", 8))).Code.ShouldBe(ErrorCode.Conflict);
        (await host.GetAsync()).ShouldBe(new Seen(null, BudgetWindow.Total, new Money(7), new Money(200), 202));
    }

    [Fact]
    public void A_database_of_a_newer_program_is_refused()
    {
        using (var connection = _database.Connect())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 1000";
            command.ExecuteNonQuery();
        }

        var error = Should.Throw<OrchestraException>(() => new SqliteDatabase(_folder.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance));
        error.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        error.Message.ShouldContain("1000");
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_its_name()
    {
        using var other = new TemporaryFolder();
        var file = Path.Combine(other.Path, SqliteSchema.Main.FileName);
        File.WriteAllText(file, new string('x', 5_000));
        var error = Should.Throw<OrchestraException>(() => new SqliteDatabase(other.Path, SqliteSchema.Main, NullLogger<SqliteDatabase>.Instance));
        error.Code.ShouldBe(ErrorCode.InvalidConfiguration);
        error.Message.ShouldContain(file);
    }

    private static LedgerEntry Entry(long version, string tenant = "acme") => new(
        tenant, version, Noon, LedgerEntryKind.Reserve, "op" + version, "op" + version, new Money(version), Noon.AddMinutes(2), new Payer(tenant, "team", "", "key"), "small",
        "traj", BudgetScope.Tenant, BudgetWindow.Total, string.Empty);
}
