using FsCheck.Xunit;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Tests.Budgets.Accounts;

/// <summary>An account with everything in it, stored and restored, tried and taken back.</summary>
public sealed class AccountSnapshotTests
{
    private static readonly BudgetWindow[] Windows =
        [BudgetWindow.Total, BudgetWindow.Hourly, BudgetWindow.Daily, BudgetWindow.Weekly, BudgetWindow.Monthly, BudgetWindow.Rolling(2), BudgetWindow.Rolling(60)];

    private static readonly BudgetScope[] Scopes = [BudgetScope.Tenant, BudgetScope.Team("research"), BudgetScope.User("ann"), BudgetScope.Key("key_ann")];
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "Pacific/Auckland", "America/Sao_Paulo"];
    private static readonly double[] Waits = [0, 0, 0, 0.001, 1, 60, 180, 3_600, 90_000, 700_000];

    [Property(MaxTest = 300)]
    public void A_restored_account_goes_on_like_the_one_that_was_stored(byte[][] before, byte[][] after)
    {
        var run = new AccountRun();
        Take(run, before);
        var restored = new Account(AccountSnapshot.Read(run.Account.ToSnapshot().ToLedger())!);
        Same(restored, run, run.Now);
        var folded = run.Entries.Count;
        Take(run, after);
        foreach (var entry in run.Entries.Skip(folded))
            restored.Apply(entry);
        Same(restored, run, run.Now);
        Same(restored, run, run.Now.AddDays(1));
    }

    [Property(MaxTest = 300)]
    public void What_is_withdrawn_leaves_no_trace(byte[][] before, byte[][] tried, byte[][] after)
    {
        var (plain, run) = (new AccountRun(), new AccountRun());
        Take(plain, before);
        Take(run, before);
        var now = run.Now;
        Take(run, tried, proposes: true);
        run.Account.Withdraw();
        run.Now = now;
        Same(run.Account, plain, now);
        Take(plain, after);
        Take(run, after);
        run.Entries.ShouldBe(plain.Entries);
        Same(run.Account, plain, run.Now.AddHours(30));
    }

    [Fact]
    public void The_snapshot_holds_all_that_there_is()
    {
        var run = new AccountRun();
        run.Zone("Asia/Kolkata");
        run.Limit(Scopes[1], Windows[5], 100, [10, 20]);
        run.Limit(Windows[2], 200);
        run.Grant(Windows[2], 5);
        run.Raise(Windows[2], 7, "2025-03-01T00:00:00Z");
        run.Spend(30);
        run.Warnings();
        run.Reset(Windows[2]);
        run.Spend(4);
        run.Reserve("held", 9);
        run.Extend("held", "x1", 1);
        var restored = new Account(AccountSnapshot.Read(run.Account.ToSnapshot().ToLedger())!);
        Same(restored, run, run.Now);
        restored.Open["held"].ShouldBe(new OpenReservation(new Money(10), restored.LastAt + AccountRun.Lease, AccountRun.Ann, "small", "traj"));
        restored.StateAt(run.Now).TimeZone.ShouldBe("Asia/Kolkata");
        // The lines that fired do not fire again.
        restored.Warn(AccountRun.Ann, [50], run.Now).Outcome.ShouldBe(AccountOutcome.AlreadyDone);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"Format":2}""")]
    public void A_snapshot_of_another_form_is_not_read(string state) => AccountSnapshot.Read(new LedgerSnapshot("acme", 1, state)).ShouldBeNull();

    private static void Same(Account account, AccountRun expected, DateTimeOffset now)
    {
        account.ToSnapshot().ToLedger().ShouldBe(expected.Account.ToSnapshot().ToLedger());
        var (actual, wanted) = (account.StateAt(now), expected.Account.StateAt(now));
        (actual with { Budgets = wanted.Budgets }).ShouldBe(wanted);
        actual.Budgets.Select(budget => budget with { WarningLines = null, Extras = [] }).ShouldBe(wanted.Budgets.Select(budget => budget with { WarningLines = null, Extras = [] }));
        actual.Budgets.SelectMany(budget => budget.Extras).ShouldBe(wanted.Budgets.SelectMany(budget => budget.Extras));
    }

    private static void Take(AccountRun run, byte[][] steps, bool proposes = false)
    {
        foreach (var step in steps.Where(step => step is { Length: >= 3 }))
        {
            run.Now += TimeSpan.FromSeconds(Waits[step[2] % Waits.Length]);
            var decision = Decide(run, step[0], step[1], $"{run.Account.Version}");
            while (decision.Outcome == AccountOutcome.Append)
            {
                if (proposes)
                    run.Account.Propose(decision.Entry);
                else
                    run.Apply(decision);
                decision = run.Account.Warn(AccountRun.Ann, [50, 80, 95], run.Now);
            }
        }
    }

    private static AccountDecision Decide(AccountRun run, byte what, byte which, string id)
    {
        var (account, scope, window, amount) = (run.Account, Scopes[which % 4], Windows[which / 4 % Windows.Length], new Money(which));
        var open = account.Open.Keys.Order(StringComparer.Ordinal).ElementAtOrDefault(which % 3) ?? "none";
        var ended = run.Entries.FindLast(entry => entry.Kind == LedgerEntryKind.Expire).ReservationId ?? "none";
        return (what % 16) switch
        {
            0 or 1 or 2 => run.ToReserve("r" + id, which),
            3 => account.Extend(run.Named(open), "x" + id, amount, run.Now, AccountRun.Lease, recalled: true),
            4 or 5 => account.Settle(run.Named(open), amount, run.Now, recalled: true),
            6 => account.Settle(run.Named(ended), new Money(which / 2), run.Now, recalled: true),
            7 => account.Expire(open, run.Now),
            8 => account.Release(open, run.Now),
            9 or 10 => account.Change(new BudgetChange.SetLimit("l" + id, scope, window, which % 7 == 0 ? null : new Money(which * 4)), run.Now),
            11 => account.Change(new BudgetChange.Grant("g" + id, scope, window, amount), run.Now),
            12 => account.Change(new BudgetChange.Raise("u" + id, scope, window, amount, run.Now.AddHours(which)), run.Now),
            13 => account.Change(new BudgetChange.Reset("e" + id, scope, window), run.Now),
            14 => account.Change(new BudgetChange.SetTimeZone("z" + id, Zones[which % Zones.Length]), run.Now),
            _ => account.Settle(run.Named("unknown" + id), amount, run.Now, recalled: true),
        };
    }
}
