using Orchestra.Core.Budgets.Accounts;
using Orchestra.Core.Configuration;

namespace Orchestra.Core.Budgets;

/// <summary>Checks how the tenants' accounts are run.</summary>
internal static class LedgerBudgetsOptionsValidator
{
    /// <summary>What is wrong, one sentence each; empty where all is well.</summary>
    public static IReadOnlyCollection<string> Errors(LedgerBudgetsOptions options)
    {
        var (millisecond, second, hour, day) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1), TimeSpan.FromDays(1));
        var errors = new List<string>();
        Bounds.Check(nameof(options.Lease), options.Lease, second, day, errors);
        Bounds.Check(nameof(options.SweepEvery), options.SweepEvery, TimeSpan.FromMilliseconds(100), hour, errors);
        Bounds.Check(nameof(options.MaxWaiting), options.MaxWaiting, 1, 1_000_000, errors);
        Bounds.Check(nameof(options.Writers), options.Writers, 1, 64, errors);
        Bounds.Check(nameof(options.MaxBatch), options.MaxBatch, 1, 10_000, errors);
        Bounds.Check(nameof(options.SettlementWait), options.SettlementWait, TimeSpan.Zero, second, errors);
        Bounds.Check(nameof(options.MaxTries), options.MaxTries, 1, 1_000, errors);
        Bounds.Check(nameof(options.SnapshotEvery), options.SnapshotEvery, 10, 1_000_000, errors);
        Bounds.Check(nameof(options.LongestCall), options.LongestCall, second, day, errors);
        if (!WarningLines.AreValid(options.WarningLines))
            errors.Add($"{nameof(options.WarningLines)} are {string.Join(", ", options.WarningLines)}; give at most ten rising whole per cents from 1 to 100.");
        Bounds.Check(nameof(options.IdleAfter), options.IdleAfter, second, day, errors);
        Bounds.Check(nameof(options.MaxAccounts), options.MaxAccounts, 1, 1_000_000, errors);
        Bounds.Check(nameof(options.FirstRetry), options.FirstRetry, millisecond, TimeSpan.FromSeconds(10), errors);
        Bounds.Check(nameof(options.ShutdownTries), options.ShutdownTries, 1, 100, errors);
        return errors;
    }
}
