namespace Orchestra.Storage.Sqlite;

/// <summary>Lists the tenants that have rows by jumping from one to the next in the index, rather than by reading all rows.</summary>
internal static class SqliteTenants
{
    /// <summary>The common table expression <c>tenants (tenant)</c>, whose last row is null; for <c>WITH RECURSIVE</c>.</summary>
    public static string Of(string table) => $"""
        tenants (tenant) AS (
            SELECT min(tenant) FROM {table}
            UNION ALL
            SELECT (SELECT min(tenant) FROM {table} WHERE tenant > tenants.tenant) FROM tenants WHERE tenants.tenant IS NOT NULL)
        """;
}
