using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>Reads ledger entries from the rows of a statement.</summary>
internal static class SqliteEntryRow
{
    /// <summary>The columns in the order in which <see cref="Read"/> takes them.</summary>
    public const string Select =
        "SELECT tenant, version, at, kind, operation_id, reservation_id, amount, until, team, user, key_id, expert, trajectory_id, level, scope, window, detail FROM ledger ";

    public static LedgerEntry Read(RawStatement row, SqliteTextCache texts)
    {
        var tenant = texts.Text(row.Utf8(0));
        var kind = (LedgerEntryKind)row.Long(3);
        var operation = row.Text(4);
        var reservation = row.Utf8(5);
        var key = row.Utf8(10);
        var isBudget = !row.IsNull(13);
        return new LedgerEntry(
            tenant, row.Long(1), DateTimeOffset.FromUnixTimeMilliseconds(row.Long(2)), kind, operation,
            reservation.Length > 0 ? texts.Text(reservation) : LedgerEntry.IsAboutReservation(kind) ? operation : string.Empty, new Money(row.Long(6)),
            row.IsNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Long(7)),
            key.IsEmpty && row.IsNull(10) ? null : texts.Payer(tenant, row.Utf8(8), row.Utf8(9), key), texts.Text(row.Utf8(11)), row.Text(12),
            isBudget ? new BudgetScope((BudgetLevel)row.Long(13), texts.Text(row.Utf8(14))) : BudgetScope.Tenant,
            isBudget ? BudgetWindow.FromCode((int)row.Long(15)) : BudgetWindow.Total, texts.Text(row.Utf8(16)));
    }
}
