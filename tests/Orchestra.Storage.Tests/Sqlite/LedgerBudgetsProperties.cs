using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Orchestra.Core.Budgets;
using Orchestra.Core.Errors;

namespace Orchestra.Storage.Tests.Sqlite;

/// <summary>Random operations on two hosts at once, with crashes, lost answers and failures between them, on a real file.</summary>
public sealed class LedgerBudgetsProperties
{
    private const long Limit = 200;

    public enum Fault
    {
        None,
        CrashesFirst,
        CrashesSecond,
        FailsBeforeCommit,
        FailsAfterCommit,
        TimePasses,
    }

    /// <summary>Operations that both hosts do at the same time, and what happens after them.</summary>
    public sealed record Round(byte[] First, byte[] Second, Fault Fault);

    [Property(MaxTest = 40)]
    public Property Whatever_happens_the_limit_holds_and_what_was_answered_is_kept(Round[] rounds) => Prop.ToProperty(() => CheckAsync(rounds).GetAwaiter().GetResult());

    private static async Task<bool> CheckAsync(Round[] rounds)
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var options = new LedgerBudgetsOptions { SnapshotEvery = 10, LongestCall = TimeSpan.FromSeconds(1) };
        LedgerHost[] hosts = [new(folder.Path, time, options), new(folder.Path, time, options)];
        await hosts[0].SetLimitAsync(new Money(Limit), BudgetWindow.Total);
        var held = new Dictionary<string, long>();
        var settled = new Dictionary<string, long>();
        var crashed = new List<LedgerHost>();
        var serial = 0;
        foreach (var round in rounds)
        {
            foreach (var host in hosts)
            {
                host.Store.FailsBeforeCommit = round.Fault == Fault.FailsBeforeCommit;
                host.Store.FailsAfterCommit = round.Fault == Fault.FailsAfterCommit;
                host.Store.FailuresLeft = 2;
            }

            var work = new List<Task>();
            work.AddRange(round.First.Select(step => StepAsync(hosts[0], step)));
            work.AddRange(round.Second.Select(step => StepAsync(hosts[1], step)));
            var all = Task.WhenAll(work);
            while (!all.IsCompleted)
            {
                // No faster than the hosts can follow, else leases end before a release is tried again.
                time.Advance(TimeSpan.FromMilliseconds(100));
                foreach (var host in hosts.Concat(crashed))
                    await FollowAsync(host);
            }

            await all;
            foreach (var host in hosts)
                host.Store.FailuresLeft = 0;
            if (round.Fault is Fault.CrashesFirst or Fault.CrashesSecond)
            {
                crashed.Add(hosts[round.Fault - Fault.CrashesFirst]);
                hosts[round.Fault - Fault.CrashesFirst] = new LedgerHost(folder.Path, time, options);
            }

            if (round.Fault == Fault.TimePasses)
                time.Advance(TimeSpan.FromSeconds(45));
            foreach (var host in hosts)
                await CheckStateAsync(host);
        }

        // First what was kept to be written again, then what was left to expire.
        foreach (var wait in new[] { TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(3) })
        {
            time.Advance(wait);
            foreach (var host in hosts.Concat(crashed))
                await host.GetAsync();
        }

        foreach (var host in hosts.Concat(crashed))
            await host.DisposeAsync();
        await using var last = new LedgerHost(folder.Path, time, options);
        await last.Budgets.Recovered;
        var end = await last.GetAsync();
        end.Reserved.ShouldBe(Money.Zero);
        // Every reservation was settled with what it cost, or expired and billed as it was held; nothing else was spent.
        end.Spent.Nanos.ShouldBe(settled.Values.Sum() + held.Values.Sum());
        return true;

        async Task StepAsync(LedgerHost host, byte step)
        {
            string id;
            long amount = step / 8;
            try
            {
                if (step % 8 < 4)
                {
                    id = "r" + Interlocked.Increment(ref serial);
                    await host.ReserveAsync(id, amount);
                    lock (held)
                        held.Add(id, amount);
                    return;
                }

                lock (held)
                {
                    if (held.Count == 0)
                        return;
                    id = held.Keys.ElementAt(step % held.Count);
                    if (step % 8 >= 5)
                    {
                        amount = Math.Min(amount, held[id]);
                        held.Remove(id);
                        settled[id] = amount;
                    }
                }

                if (step % 8 == 4)
                    await host.Budgets.ExtendAsync(LedgerHost.Reservation(id, 0), "renewal" + Interlocked.Increment(ref serial), Money.Zero, default);
                else
                    await host.SettleAsync(id, amount);
            }
            catch (OrchestraException)
            {
                // Refused, failed, or an extension of what has ended: nothing is held by it.
            }
        }

        async Task FollowAsync(LedgerHost host)
        {
            try
            {
                await host.GetAsync();
            }
            catch (OrchestraException)
            {
                // It shared a commit that failed.
            }
        }

        async Task CheckStateAsync(LedgerHost host)
        {
            var state = await host.GetAsync();
            (state.Spent.Nanos + state.Reserved.Nanos).ShouldBeLessThanOrEqualTo(Limit);
            // Hosts that crashed are still at work, as a host that only lost its clients would be: the ledger may be longer by now.
            var folded = await host.FoldAsync(upTo: state.Version);
            Seen.From(folded.StateAt(time.GetUtcNow())).ShouldBe(state);
        }
    }
}
