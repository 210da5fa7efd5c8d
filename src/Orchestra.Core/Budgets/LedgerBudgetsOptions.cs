namespace Orchestra.Core.Budgets;

/// <summary>How the tenants' accounts are run.</summary>
public sealed record LedgerBudgetsOptions
{
    /// <summary>How long a reservation lives without being renewed; default 2 minutes, 1 second to 1 day.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often expired reservations of loaded accounts are billed; default 10 seconds, 100 milliseconds to 1 hour.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Operations that may wait for a commit before new ones are turned away; settlements never are; default 10,000, 1 to 1,000,000.</summary>
    public int MaxWaiting { get; init; } = 10_000;

    /// <summary>Loops that commit side by side, each with its part of the tenants; default 1, 1 to 64. More than one helps where the store takes commits side by side.</summary>
    public int Writers { get; init; } = 1;

    /// <summary>Operations in one commit; default 512, 1 to 10,000.</summary>
    public int MaxBatch { get; init; } = 512;

    /// <summary>How long a commit of nothing but settlements waits for other operations to share it; default zero, up to 1 second.</summary>
    public TimeSpan SettlementWait { get; init; }

    /// <summary>How often a commit is tried against other hosts that write the same tenants; default 32, 1 to 1,000.</summary>
    public int MaxTries { get; init; } = 32;

    /// <summary>Per cents of a limit at which a warning fires, rising, at most ten; default 50, 80, 95.</summary>
    public IReadOnlyList<int> WarningLines { get; init; } = [50, 80, 95];

    /// <summary>Whether a host renews the leases of the reservations that it granted, which it does where their calls are its own; default true.</summary>
    public bool Renews { get; init; } = true;

    /// <summary>How long a host renews the lease of a reservation that is not settled; default 2 hours, 1 second to 1 day.</summary>
    public TimeSpan LongestCall { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Entries between two snapshots of an account; default 1,000, 10 to 1,000,000.</summary>
    public int SnapshotEvery { get; init; } = 1_000;

    /// <summary>How long an account without open reservations stays in memory unused; default 10 minutes, 1 second to 1 day.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Accounts in memory; beyond it the longest unused go; default 10,000, 1 to 1,000,000.</summary>
    public int MaxAccounts { get; init; } = 10_000;

    /// <summary>The first wait before settlements that could not be written are tried again; it doubles up to 10 seconds; default 100 milliseconds, 1 millisecond to 10 seconds.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Tries to write what is left at shutdown while the store fails, before it is given up; default 5, 1 to 100.</summary>
    public int ShutdownTries { get; init; } = 5;
}
