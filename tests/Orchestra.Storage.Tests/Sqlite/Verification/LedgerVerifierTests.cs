using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Upkeep;
using Orchestra.Core.Budgets.Verification;

namespace Orchestra.Storage.Tests.Sqlite.Verification;

public sealed class LedgerVerifierTests
{
    // Call n begins at row 2 + 3n + n/5 (a call that expires has a fourth row): calls 0 to 4 lie at 2, 5, 8, 11 and 14 to 17; call 5 at 18, 6 at 21.
    private const string Again = "(tenant, version, at, kind, operation_id, reservation_id, amount, until, team, user, key_id, expert, trajectory_id, level, scope, window, detail)";

    [Fact]
    public async Task A_good_ledger_is_clean()
    {
        await using var ledger = await DamagedLedger.CreateAsync();
        var reports = new List<LedgerVerification>();

        var found = await new LedgerVerifier(ledger.Store, ledger.Reports, TimeSpan.FromHours(1)).VerifyAsync(null, new Direct(reports.Add), default);

        found.Faults.ShouldBeEmpty();
        (found.Tenants, found.AllTenants, found.Snapshots).ShouldBe((2, 2, 1));
        found.Rows.ShouldBe((await ledger.Store.ListHeadsAsync(default)).Sum(head => head.Version));
        reports[^1].Rows.ShouldBe(found.Rows);
        (await new LedgerVerifier(ledger.Store, ledger.Reports, TimeSpan.Zero).VerifyAsync("acme", null, default)).Tenants.ShouldBe(1);
    }

    [Theory]
    [InlineData(8, "missing", "DELETE FROM ledger WHERE tenant = 'acme' AND version = 8")]
    [InlineData(1, "missing", "DELETE FROM ledger WHERE tenant = 'acme' AND version < 5")]
    [InlineData(35, "missing", "DELETE FROM ledger WHERE tenant = 'acme' AND version >= 35")]
    [InlineData(29, "missing", "DELETE FROM ledger WHERE tenant = 'acme' AND version >= 29; DELETE FROM ledger_snapshot")]
    [InlineData(9, "time", "UPDATE ledger SET at = at - 3600000 WHERE tenant = 'acme' AND version = 9")]
    [InlineData(9, "time", "UPDATE ledger SET at = at + 3600000 WHERE tenant = 'acme' AND version = 8; UPDATE ledger SET until = until + 3600000 WHERE tenant = 'acme' AND version = 8")]
    [InlineData(30, "sums", "UPDATE ledger SET amount = amount + 1 WHERE tenant = 'acme' AND version = 4")]
    [InlineData(40, "snapshot", "UPDATE ledger SET amount = amount - 1 WHERE tenant = 'acme' AND kind = 4 AND version = (SELECT max(version) FROM ledger WHERE tenant = 'acme' AND kind = 4 AND version BETWEEN 31 AND 39)")]
    [InlineData(30, "sums", "UPDATE ledger_spend SET nanos = nanos + 1 WHERE tenant = 'acme'")]
    [InlineData(30, "sums", "DELETE FROM ledger_spend WHERE tenant = 'acme'")]
    [InlineData(40, "snapshot", "UPDATE ledger_snapshot SET state = replace(state, '\"Ever\":', '\"Ever\":1') WHERE tenant = 'acme'")]
    [InlineData(40, "snapshot", "UPDATE ledger_snapshot SET state = 'rubbish' WHERE tenant = 'acme'")]
    [InlineData(41, "snapshot", "UPDATE ledger_snapshot SET version = 41 WHERE tenant = 'acme'")]
    [InlineData(16, "bills", "UPDATE ledger SET amount = 119 WHERE tenant = 'acme' AND version = 16")]
    [InlineData(16, "before its lease", "UPDATE ledger SET until = at + 600000 WHERE tenant = 'acme' AND version = 15")]
    [InlineData(17, "gives back more", "UPDATE ledger SET amount = -121 WHERE tenant = 'acme' AND version = 17")]
    [InlineData(17, "another time", "UPDATE ledger SET until = until - 1 WHERE tenant = 'acme' AND version = 17")]
    [InlineData(17, "not open", "UPDATE ledger SET kind = 6, until = NULL, amount = 0 WHERE tenant = 'acme' AND version = 17")]
    [InlineData(6, "aside", "UPDATE ledger SET amount = 1400 WHERE tenant = 'acme' AND version = 6")]
    [InlineData(2, "aside", "UPDATE ledger SET amount = 50 WHERE tenant = 'acme' AND version = 1")]
    [InlineData(5, "$-1", "UPDATE ledger SET amount = -1000000000 WHERE tenant = 'acme' AND version = 5")]
    [InlineData(6, "adds", "UPDATE ledger SET amount = -1 WHERE tenant = 'acme' AND version = 6")]
    [InlineData(4, "settles", "UPDATE ledger SET amount = -1 WHERE tenant = 'acme' AND version = 4")]
    [InlineData(7, "payer", "UPDATE ledger SET team = 'other' WHERE tenant = 'acme' AND version = 7")]
    [InlineData(7, "payer", "UPDATE ledger SET key_id = NULL WHERE tenant = 'acme' AND version = 7")]
    [InlineData(5, "lease", "UPDATE ledger SET until = NULL WHERE tenant = 'acme' AND version = 5")]
    [InlineData(6, "not open", "UPDATE ledger SET reservation_id = 'r0' WHERE tenant = 'acme' AND version = 6")]
    [InlineData(1, "limit", "UPDATE ledger SET amount = -1 WHERE tenant = 'acme' AND version = 1")]
    [InlineData(1, "cannot be", "UPDATE ledger SET scope = NULL WHERE tenant = 'acme' AND version = 1")]
    [InlineData(1, "cannot be read", "UPDATE ledger SET window = 999 WHERE tenant = 'acme' AND version = 1")]
    [InlineData(7, "cannot be read", "UPDATE ledger SET at = 9223372036854775807 WHERE tenant = 'acme' AND version = 7")]
    [InlineData(7, "cannot follow", "UPDATE ledger SET kind = 11, level = 1, scope = 'team', window = 1, detail = 'x', operation_id = 'w' WHERE tenant = 'acme' AND version = 7")]
    public async Task Damage_is_found_at_the_first_row_that_breaks_a_rule(long version, string message, string statements)
    {
        await using var ledger = await DamagedLedger.CreateAsync();

        ledger.Run(statements);

        var fault = (await ledger.VerifyAsync()).Faults.ShouldHaveSingleItem();
        (fault.TenantId, fault.Version).ShouldBe(("acme", version), fault.Message);
        fault.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData(62, "SELECT tenant, 62, at + 1, kind, operation_id, reservation_id, amount, until, team, user, key_id, expert, trajectory_id, level, scope, window, detail FROM ledger WHERE tenant = 'acme' AND version = 7")]
    [InlineData(62, "SELECT tenant, 62, (SELECT max(at) FROM ledger WHERE tenant = 'acme'), 1, operation_id, NULL, 2000, NULL, NULL, NULL, NULL, NULL, NULL, 1, 'team', 1, NULL FROM ledger WHERE tenant = 'acme' AND version = 5")]
    public async Task An_operation_that_is_recorded_twice_is_found_without_the_index_that_forbids_it(long version, string row)
    {
        await using var ledger = await DamagedLedger.CreateAsync();
        (await ledger.Store.ListHeadsAsync(default)).ShouldContain(new LedgerHead("acme", version - 1));

        ledger.Run($"DROP INDEX ledger_operation; INSERT INTO ledger {Again} {row}; UPDATE ledger SET at = (SELECT max(at) FROM ledger WHERE tenant = 'acme') WHERE tenant = 'acme' AND version = {version}");

        var fault = (await ledger.VerifyAsync()).Faults.ShouldHaveSingleItem();
        (fault.TenantId, fault.Version).ShouldBe(("acme", version), fault.Message);
        fault.Message.ShouldContain("recorded by an earlier row");
    }

    [Fact]
    public async Task A_reservation_that_no_host_ended_long_after_its_lease_is_found()
    {
        await using var ledger = await DamagedLedger.CreateAsync();

        // The last call's end never happened, and an hour later another one is settled.
        ledger.Run($"""
            INSERT INTO ledger {Again} SELECT tenant, 62, at, 2, 'left', NULL, 1, at + 1000, team, user, key_id, expert, trajectory_id, NULL, NULL, NULL, NULL FROM ledger WHERE tenant = 'acme' AND version = 61;
            INSERT INTO ledger {Again} SELECT tenant, 63, at + 3700000, 4, 'unknown', NULL, 1, NULL, team, user, key_id, expert, trajectory_id, NULL, NULL, NULL, NULL FROM ledger WHERE tenant = 'acme' AND version = 61;
            """);

        var fault = (await ledger.VerifyAsync()).Faults.ShouldHaveSingleItem();
        (fault.TenantId, fault.Version).ShouldBe(("acme", 62L), fault.Message);
        fault.Message.ShouldContain("left is still open");
        (await new LedgerVerifier(ledger.Store, ledger.Reports, TimeSpan.FromHours(2)).VerifyAsync(null, null, default)).Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(40, "snapshot", "UPDATE ledger_opening SET state = replace(state, '\"Ever\":', '\"Ever\":1')")]
    [InlineData(61, "sums", "UPDATE ledger_opening SET state = replace(state, '\"Ever\":', '\"Ever\":1'); DELETE FROM ledger_snapshot")]
    [InlineData(20, "cannot be read", "UPDATE ledger_opening SET state = '{}'")]
    [InlineData(20, "sums", "UPDATE ledger_spend_head SET version = 19")]
    [InlineData(61, "sums", "UPDATE ledger_spend SET nanos = nanos - 1 WHERE tenant = 'acme'")]
    [InlineData(21, "missing", "DELETE FROM ledger WHERE tenant = 'acme' AND version < 23")]
    [InlineData(1, "missing", "DELETE FROM ledger_opening")]
    public async Task A_damaged_opening_is_found(long version, string message, string statements)
    {
        await using var ledger = await DamagedLedger.CreateAsync();
        await new LedgerRollUp(ledger.Store, ledger.Reports, TimeProvider.System, TimeSpan.Zero).RollUpAsync(new LedgerHead("acme", 61), 20, isDryRun: false, default);
        (await ledger.VerifyAsync()).Faults.ShouldBeEmpty();

        ledger.Run(statements);

        var fault = (await ledger.VerifyAsync()).Faults.ShouldHaveSingleItem();
        (fault.TenantId, fault.Version).ShouldBe(("acme", version), fault.Message);
        fault.Message.ShouldContain(message);
    }

    private sealed class Direct(Action<LedgerVerification> report) : IProgress<LedgerVerification>
    {
        public void Report(LedgerVerification value) => report(value);
    }
}
