using Orchestra.Core.Budgets.Accounts;

namespace Orchestra.Core.Budgets.Writing;

/// <summary>Where loading an account starts: at its snapshot, else at its opening, else at the first row.</summary>
internal static class StoredAccount
{
    /// <summary>The account as of the newest stored state; throws <see cref="InvalidDataException"/> where rows are rolled up into one that cannot be read.</summary>
    public static async Task<Account> ReadAsync(ILedgerStore store, string tenantId, CancellationToken ct)
    {
        var snapshot = await store.ReadSnapshotAsync(tenantId, ct) is { } stored ? AccountSnapshot.Read(stored) : null;
        var opening = await store.ReadOpeningAsync(tenantId, ct);
        // Behind an opening there are no rows to read, so that an older snapshot leads nowhere.
        if (opening is not null && !(snapshot?.Version >= opening.Version))
            snapshot = ReadOpening(opening);
        return snapshot is null ? new Account(tenantId) : new Account(snapshot);
    }

    /// <summary>The state of an opening; throws <see cref="InvalidDataException"/> where it cannot be read.</summary>
    public static AccountSnapshot ReadOpening(LedgerSnapshot opening) => AccountSnapshot.Read(opening) ?? throw new InvalidDataException(
        $"The opening of tenant {opening.TenantId} at row {opening.Version} cannot be read, and the rows before it are rolled up: restore the database from a backup.");
}
