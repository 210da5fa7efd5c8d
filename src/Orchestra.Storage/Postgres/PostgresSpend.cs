using System.Data.Common;
using System.Numerics;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Storage.Postgres;

/// <summary>The statements that read the sums of what was spent.</summary>
internal static class PostgresSpend
{
    /// <summary>A tenant's spend head and sums. There is one row at least, without a key where there are no sums.</summary>
    public const string Totals =
        """
        SELECT coalesce((SELECT version FROM orchestra.ledger_spend_head WHERE tenant = $1), 0), team, user_id, key_id, sum(nanos)
        FROM (SELECT) AS one LEFT JOIN orchestra.ledger_spend ON tenant = $1
        GROUP BY team, user_id, key_id
        """;

    /// <summary>Spend from the day $1 to before the day $2, and of the tenant $3 where it is of one.</summary>
    public static string Groups(SpendBy by, bool isOfTenant)
    {
        var name = by switch
        {
            SpendBy.Team => "team",
            SpendBy.User => "user_id",
            SpendBy.Key => "key_id",
            SpendBy.Expert => "expert",
            SpendBy.Day => "to_char(day, 'YYYY-MM-DD')",
            _ => "tenant",
        };
        var owner = by is SpendBy.Expert or SpendBy.Day ? "''" : "tenant";
        // OFFSET 0 and the head, which no row is behind, have the planner walk along the few rows behind the sums instead of reading all ledgers.
        return $"""
            SELECT {owner}, {name}, sum(nanos), sum(calls)::bigint FROM (
                SELECT tenant, day, team, user_id, key_id, expert, nanos, calls FROM orchestra.ledger_spend
                WHERE day >= $1 AND day < $2 {(isOfTenant ? "AND tenant = $3" : string.Empty)}
                UNION ALL
                SELECT head.tenant, behind.* FROM orchestra.ledger_head AS head
                LEFT JOIN orchestra.ledger_spend_head AS summed ON summed.tenant = head.tenant
                CROSS JOIN LATERAL (
                    SELECT (at AT TIME ZONE 'UTC')::date, coalesce(team, '') COLLATE "C", coalesce(user_id, '') COLLATE "C",
                        coalesce(key_id, '') COLLATE "C", coalesce(expert, '') COLLATE "C", amount, (kind = 5 OR until IS NULL)::int
                    FROM orchestra.ledger
                    WHERE tenant = head.tenant AND version > coalesce(summed.version, 0) AND version <= head.version AND kind IN (4, 5)
                        AND at >= $1::timestamp AT TIME ZONE 'UTC' AND at < $2::timestamp AT TIME ZONE 'UTC'
                    OFFSET 0) AS behind
                {(isOfTenant ? "WHERE head.tenant = $3" : string.Empty)}) AS spent
            GROUP BY 1, 2 HAVING sum(nanos) <> 0 OR sum(calls) <> 0
            """;
    }

    /// <summary>A row of <see cref="Groups"/>.</summary>
    public static SpendGroup ReadGroup(DbDataReader row) => new(row.GetString(0), row.GetString(1), Nanos(row, 2), row.GetInt64(3));

    /// <summary>A row of <see cref="Totals"/>.</summary>
    public static (long Version, KeyValuePair<Payer, Int128>? Payer) ReadTotal(DbDataReader row, string tenantId) => (
        row.GetInt64(0), row.IsDBNull(3) ? null : new(new Payer(tenantId, row.GetString(1), row.GetString(2), row.GetString(3)), Nanos(row, 4)));

    private static Int128 Nanos(DbDataReader row, int column) => (Int128)row.GetFieldValue<BigInteger>(column);
}
