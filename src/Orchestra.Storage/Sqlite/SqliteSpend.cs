using System.Globalization;
using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Storage.Sqlite;

/// <summary>The sums of what was spent.</summary>
internal static class SqliteSpend
{
    private const long DayMilliseconds = 86_400_000;

    // An amount in two parts, whose sums do not overflow; a settlement that corrects an expiry is no second call.
    private const string Amount = "amount / 1000000000 AS dollars, amount % 1000000000 AS nanos, (kind = 5 OR until IS NULL) AS calls";

    public static int Summarise(SqliteConnection connection, string tenantId, int maxRows)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var head = Scalar(connection, "SELECT coalesce((SELECT version FROM ledger_spend_head WHERE tenant = $1), 0)", tenantId);
        var next = Scalar(connection, "SELECT coalesce(max(version), 0) FROM (SELECT version FROM ledger WHERE tenant = $1 AND version > $2 ORDER BY version LIMIT $3)", tenantId, head, maxRows);
        if (next == 0)
            return 0;
        using var add = connection.Statement(
            $"""
            INSERT INTO ledger_spend (tenant, day, team, user, key_id, expert, dollars, nanos, calls)
            SELECT tenant, day, team, user, key_id, expert, sum(dollars), sum(nanos), sum(calls) FROM (
                SELECT tenant, at / {DayMilliseconds} AS day, coalesce(team, '') AS team, coalesce(user, '') AS user, coalesce(key_id, '') AS key_id, coalesce(expert, '') AS expert, {Amount}
                FROM ledger WHERE tenant = $1 AND version > $2 AND version <= $3 AND kind IN (4, 5))
            WHERE true GROUP BY tenant, day, team, user, key_id, expert
            ON CONFLICT DO UPDATE SET dollars = dollars + excluded.dollars, nanos = nanos + excluded.nanos, calls = calls + excluded.calls
            """,
            3);
        add.Bind(tenantId, head, next).ExecuteNonQuery();
        using var move = connection.Statement("INSERT INTO ledger_spend_head (tenant, version) VALUES ($1, $2) ON CONFLICT (tenant) DO UPDATE SET version = excluded.version", 2);
        move.Bind(tenantId, next).ExecuteNonQuery();
        transaction.Commit();
        return (int)(next - head);
    }

    public static IReadOnlyList<SpendGroup> Read(SqliteConnection connection, SpendQuery query)
    {
        var name = query.By switch
        {
            SpendBy.Team => "team",
            SpendBy.User => "user",
            SpendBy.Key => "key_id",
            SpendBy.Expert => "expert",
            SpendBy.Day => "day",
            _ => "tenant",
        };
        var owner = query.By is SpendBy.Expert or SpendBy.Day ? "''" : "tenant";
        using var select = connection.Statement(
            $"""
            WITH RECURSIVE {SqliteTenants.Of("ledger")}
            SELECT {owner}, {name}, sum(dollars), sum(nanos), sum(calls) FROM (
                SELECT tenant, day, team, user, key_id, expert, dollars, nanos, calls FROM ledger_spend
                WHERE ($1 IS NULL OR tenant = $1) AND day >= $2 AND day < $3
                UNION ALL
                SELECT ledger.tenant, ledger.at / {DayMilliseconds}, coalesce(team, ''), coalesce(user, ''), coalesce(key_id, ''), coalesce(expert, ''), {Amount}
                FROM tenants CROSS JOIN ledger ON ledger.tenant = tenants.tenant
                    AND ledger.version > coalesce((SELECT version FROM ledger_spend_head WHERE ledger_spend_head.tenant = tenants.tenant), 0)
                WHERE ($1 IS NULL OR tenants.tenant = $1) AND kind IN (4, 5) AND ledger.at >= $2 * {DayMilliseconds} AND ledger.at < $3 * {DayMilliseconds})
            GROUP BY {owner}, {name}
            """,
            3);
        using var rows = select.Bind(query.TenantId, Day(query.From) ?? 0, Day(query.To) ?? 100_000_000).ExecuteReader();
        var groups = new List<SpendGroup>();
        while (rows.Read())
        {
            var text = query.By == SpendBy.Day ? DateOnly.FromDayNumber((int)(rows.GetInt64(1) + Epoch)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : rows.GetString(1);
            var group = new SpendGroup(rows.GetString(0), text, Nanos(rows, 2), rows.GetInt64(4));
            if (group.Calls != 0 || group.Nanos != 0)
                groups.Add(group);
        }

        return groups;
    }

    public static SpendTotals ReadTotals(SqliteConnection connection, string tenantId)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        var head = Scalar(connection, "SELECT coalesce((SELECT version FROM ledger_spend_head WHERE tenant = $1), 0)", tenantId);
        using var select = connection.Statement("SELECT team, user, key_id, sum(dollars), sum(nanos) FROM ledger_spend WHERE tenant = $1 GROUP BY team, user, key_id", 1);
        using var rows = select.Bind(tenantId).ExecuteReader();
        var payers = new List<KeyValuePair<Payer, Int128>>();
        while (rows.Read())
            payers.Add(new(new Payer(tenantId, rows.GetString(0), rows.GetString(1), rows.GetString(2)), Nanos(rows, 3)));
        return new SpendTotals(head, payers);
    }

    private static int Epoch => new DateOnly(1970, 1, 1).DayNumber;

    private static long? Day(DateOnly? day) => day?.DayNumber - Epoch;

    private static Int128 Nanos(SqliteDataReader row, int column) => ((Int128)row.GetInt64(column) * Money.NanosPerDollar) + row.GetInt64(column + 1);

    private static long Scalar(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var select = connection.Statement(sql, values.Length);
        return (long)select.Bind(values).ExecuteScalar()!;
    }
}
