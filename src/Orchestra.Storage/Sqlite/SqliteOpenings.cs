using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Sqlite;

/// <summary>Moves openings on and removes the rows before them.</summary>
internal static class SqliteOpenings
{
    public static bool Move(SqliteConnection connection, LedgerSnapshot opening, long before)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var move = connection.Statement(
            """
            INSERT INTO ledger_opening (tenant, version, state) SELECT $1, $2, $3
            WHERE $2 > $4 AND coalesce((SELECT version FROM ledger_opening WHERE tenant = $1), 0) = $4
                AND coalesce((SELECT version FROM ledger_spend_head WHERE tenant = $1), 0) >= $2
                AND coalesce((SELECT max(version) FROM ledger WHERE tenant = $1), 0) > $2
            ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, state = excluded.state
            """,
            4);
        if (move.Bind(opening.TenantId, opening.Version, opening.State, before).ExecuteNonQuery() == 0)
            return false;
        // Nobody delivers a warning that old, and its row goes.
        foreach (var beside in new[] { "DELETE FROM ledger_snapshot WHERE tenant = $1 AND version < $2", "DELETE FROM warning_outbox WHERE tenant = $1 AND version <= $2" })
        {
            using var forget = connection.Statement(beside, 2);
            forget.Bind(opening.TenantId, opening.Version).ExecuteNonQuery();
        }

        transaction.Commit();
        return true;
    }

    public static int Trim(SqliteConnection connection, string tenantId, int maxRows)
    {
        using var delete = connection.Statement(
            """
            DELETE FROM ledger WHERE tenant = $1
                AND version <= coalesce((SELECT version FROM ledger_opening WHERE tenant = $1), 0)
                AND version < (SELECT min(version) FROM ledger WHERE tenant = $1) + $2
            """,
            2);
        return delete.Bind(tenantId, maxRows).ExecuteNonQuery();
    }
}
