using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>Finds operations that a ledger records twice.</summary>
internal static class SqliteRepeatedOperations
{
    // The order of the unique index, so that it is walked along; where somebody dropped it, SQLite sorts the rows in a temporary file.
    private const string Slot = "CASE WHEN kind IN (4, 5, 6) THEN kind ELSE 0 END";

    public static IReadOnlyList<LedgerHead> Find(SqliteConnection connection, string? tenantId) => SqliteLedgerReports.Heads(connection.Statement(
        $"""
        SELECT repeated.tenant, min((
            SELECT version FROM ledger
            WHERE ledger.tenant = repeated.tenant AND operation_id = repeated.operation_id AND {Slot} = repeated.slot
            ORDER BY version LIMIT 1 OFFSET 1))
        FROM (
            SELECT operation_id, {Slot} AS slot, tenant FROM ledger WHERE $1 IS NULL OR tenant = $1
            GROUP BY operation_id, {Slot}, tenant HAVING count(*) > 1) AS repeated
        GROUP BY repeated.tenant
        """,
        1).Bind(tenantId));
}
