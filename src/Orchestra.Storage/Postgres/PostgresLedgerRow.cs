using System.Data.Common;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Postgres;

/// <summary>A ledger's row as it is read.</summary>
internal static class PostgresLedgerRow
{
    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public const string Columns =
        "tenant, version, at, kind, operation_id, reservation_id, amount, until, team, user_id, key_id, expert, trajectory_id, budget_level, budget_scope, budget_window, detail";

    /// <summary>The beginning of every statement that reads whole rows.</summary>
    public const string Select = $"SELECT {Columns} FROM orchestra.ledger ";

    /// <summary>How many columns they are.</summary>
    public const int Width = 17;

    /// <summary>Reads the present row.</summary>
    public static LedgerEntry Read(DbDataReader row)
    {
        var (tenant, kind, operation) = (row.GetString(0), (LedgerEntryKind)row.GetInt16(3), row.GetString(4));
        return new LedgerEntry(
            tenant, row.GetInt64(1), PostgresTime.Read(row.GetDateTime(2)), kind, operation,
            !row.IsDBNull(5) ? row.GetString(5) : LedgerEntry.IsAboutReservation(kind) ? operation : string.Empty, new Money(row.GetInt64(6)),
            row.IsDBNull(7) ? null : PostgresTime.Read(row.GetDateTime(7)),
            row.IsDBNull(10) ? null : new Payer(tenant, Text(row, 8), Text(row, 9), row.GetString(10)), Text(row, 11), Text(row, 12),
            row.IsDBNull(13) ? BudgetScope.Tenant : new BudgetScope((BudgetLevel)row.GetInt16(13), Text(row, 14)),
            row.IsDBNull(15) ? BudgetWindow.Total : BudgetWindow.FromCode(row.GetInt16(15)), Text(row, 16));
    }

    private static string Text(DbDataReader row, int column) => row.IsDBNull(column) ? string.Empty : row.GetString(column);
}
