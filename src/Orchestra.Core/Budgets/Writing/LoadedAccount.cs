using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>An account in memory, with what the writer has to know about it.</summary>
internal sealed class LoadedAccount(Account account, TimeProvider time)
{
    public Account Account => account;

    /// <summary>The version that the stored snapshot holds.</summary>
    public long SnapshotVersion { get; set; }

    /// <summary>The batch that uses it, or used it last.</summary>
    public long Batch { get; set; }

    /// <summary>Whether the present try found that another host had written in between.</summary>
    public bool IsBehind { get; set; }

    /// <summary>Whether the present batch has read what other hosts wrote.</summary>
    public bool IsFresh { get; set; }

    /// <summary>Whether the next decisions have to ask the store which operations are recorded already.</summary>
    public bool AsksStore { get; set; }

    /// <summary>The account's time in the present batch.</summary>
    public DateTimeOffset Now { get; private set; } = account.LastAt;

    /// <summary>When it was used last, by the monotonic clock.</summary>
    public long LastUsed { get; private set; } = time.GetTimestamp();

    /// <summary>Moves the account's clock on for a batch.</summary>
    public void Tick(DateTimeOffset hostNow, long hostStamp)
    {
        Now = Peek(hostNow, hostStamp);
        LastUsed = hostStamp;
    }

    /// <summary>
    /// The account's time: the host's, unless that lies behind the ledger's because a clock was set back or another host's runs ahead. Then it
    /// goes on from the ledger's, so that leases still end, but more slowly, so that the host's catches up.
    /// </summary>
    public DateTimeOffset Peek(DateTimeOffset hostNow, long hostStamp)
    {
        var reached = account.LastAt > Now ? account.LastAt : Now;
        var elapsed = time.GetElapsedTime(LastUsed, hostStamp) * 0.9;
        var passed = elapsed > TimeSpan.Zero ? reached + elapsed : reached;
        return hostNow > passed ? hostNow : passed;
    }
}
