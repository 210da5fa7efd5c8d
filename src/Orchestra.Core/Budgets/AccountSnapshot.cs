using System.Text.Json;

namespace Orchestra.Core.Budgets;

/// <summary>An account's state at one version of its ledger, so that loading it need not fold the ledger from the first row.</summary>
/// <param name="Format">The form of this record; another one than <see cref="CurrentFormat"/> is not read.</param>
/// <param name="TenantId">Whose account.</param>
/// <param name="Version">Entries that it folds.</param>
/// <param name="LastAt">The latest time of any of them.</param>
/// <param name="Limit">The hard limit in nano-dollars; null where there is none.</param>
/// <param name="Window">The window that the limit covers.</param>
/// <param name="Total">Nano-dollars settled in all.</param>
/// <param name="Daily">Nano-dollars settled on the day of <paramref name="LastAt"/>.</param>
/// <param name="Monthly">Nano-dollars settled in the month of <paramref name="LastAt"/>.</param>
/// <param name="Open">Reservations that have not ended.</param>
public sealed record AccountSnapshot(
    int Format, string TenantId, long Version, DateTimeOffset LastAt, long? Limit, BudgetWindow Window, Int128 Total, Int128 Daily, Int128 Monthly,
    IReadOnlyList<SnapshotReservation> Open)
{
    /// <summary>The form that this program writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Writes the state as the store keeps it.</summary>
    public LedgerSnapshot ToLedger() => new(TenantId, Version, JsonSerializer.Serialize(this, AccountSnapshotJson.Default.AccountSnapshot));

    /// <summary>Reads a stored state; null where it is of another form, since the ledger itself holds the truth.</summary>
    public static AccountSnapshot? Read(LedgerSnapshot stored)
    {
        try
        {
            var snapshot = JsonSerializer.Deserialize(stored.State, AccountSnapshotJson.Default.AccountSnapshot);
            return snapshot?.Format == CurrentFormat && snapshot.TenantId == stored.TenantId && snapshot.Version == stored.Version ? snapshot : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static AccountSnapshot From(string tenantId, in AccountSums sums, IReadOnlyDictionary<string, OpenReservation> open) =>
        new(CurrentFormat, tenantId, sums.Version, sums.LastAt, sums.Limit?.Nanos, sums.Window, sums.Total, sums.Daily, sums.Monthly,
            [.. open.Select(pair => SnapshotReservation.From(pair.Key, pair.Value))]);

    internal AccountSums ToSums() => new(
        Version, LastAt, Limit is { } nanos ? new Money(nanos) : null, Window, Total, Daily, Monthly,
        Open.Aggregate(Int128.Zero, (sum, reservation) => sum + reservation.Amount));
}
