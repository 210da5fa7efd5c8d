using System.Text.Json;

namespace Orchestra.Core.Budgets.Accounts;

/// <summary>An account's state at one version of its ledger, so that loading it need not fold the ledger from the first row.</summary>
/// <param name="Format">The form of this record; another one than <see cref="CurrentFormat"/> is not read.</param>
/// <param name="TenantId">Whose account.</param>
/// <param name="Version">Entries that it folds.</param>
/// <param name="LastAt">The latest time of any of them; milliseconds since 1970, UTC.</param>
/// <param name="TimeZone">The tenant's time zone.</param>
/// <param name="Zoned">When it was set; milliseconds since 1970, UTC.</param>
/// <param name="Scopes">Every scope that has spent or has budgets, by level and id.</param>
/// <param name="Open">Reservations that have not ended, by id.</param>
public sealed record AccountSnapshot(
    int Format, string TenantId, long Version, long LastAt, string TimeZone, long Zoned, IReadOnlyList<SnapshotScope> Scopes, IReadOnlyList<SnapshotReservation> Open)
{
    /// <summary>The entry that set the time zone; 0 where none did.</summary>
    public long ZoneChangedIn { get; init; }

    /// <summary>The form that this program writes and reads.</summary>
    public const int CurrentFormat = 3;

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

    internal static AccountSnapshot From(string tenantId, long version, long lastAt, AccountScopes scopes, Dictionary<string, OpenReservation> open) => new(
        CurrentFormat, tenantId, version, lastAt, scopes.Calendar.Zone, scopes.Calendar.Since,
        [.. scopes.All.Where(scope => scope.Sums.At != 0 || scope.Budgets.Length > 0).Select(scope => SnapshotScope.From(scope, lastAt))],
        [.. open.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new SnapshotReservation(
            pair.Key, pair.Value.Amount.Nanos, pair.Value.LeaseUntil.ToUnixTimeMilliseconds(), pair.Value.Payer.TeamId, pair.Value.Payer.UserId, pair.Value.Payer.KeyId,
            pair.Value.Expert, pair.Value.TrajectoryId))])
    {
        ZoneChangedIn = scopes.Calendar.ChangedIn,
    };

    internal void Restore(AccountScopes scopes, Dictionary<string, OpenReservation> open)
    {
        scopes.Calendar = new AccountCalendar(TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out var zone)
            ? zone
            : throw new InvalidDataException($"Tenant {TenantId} has the time zone {TimeZone}, which this machine does not know: install its time zone data."), Zoned)
        {
            ChangedIn = ZoneChangedIn,
        };
        foreach (var scope in Scopes)
            scope.Restore(scopes.Get(new BudgetScope(scope.Level, scope.Id)));
        foreach (var reservation in Open)
        {
            var payer = new Payer(TenantId, reservation.TeamId, reservation.UserId, reservation.KeyId);
            var amount = new Money(reservation.Amount);
            open.Add(reservation.Id, new OpenReservation(
                amount, DateTimeOffset.FromUnixTimeMilliseconds(reservation.LeaseUntil), payer, reservation.Expert, reservation.TrajectoryId));
            scopes.Reserve(payer, amount);
        }
    }
}
