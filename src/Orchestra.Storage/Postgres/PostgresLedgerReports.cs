using System.Data.Common;
using Npgsql;
using Orchestra.Core.Budgets;
using Orchestra.Core.Budgets.Reports;

namespace Orchestra.Storage.Postgres;

/// <summary>Sums of what was spent and openings of ledgers in PostgreSQL; any number of hosts may bring them forward.</summary>
public sealed class PostgresLedgerReports(PostgresDatabase database) : ILedgerReports
{
    // A report may have to read all ledgers, which takes longer than anything that a call waits for.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> ListSpendHeadsAsync(CancellationToken ct) =>
        database.QueryAsync("SELECT tenant, version FROM orchestra.ledger_spend_head", ReadHead, ct);

    /// <inheritdoc/>
    public Task<int> SummariseAsync(string tenantId, int maxRows, CancellationToken ct) => ChangeAsync(
        "SELECT orchestra.ledger_summarise($1, $2)", row => row.GetInt32(0), ct, PostgresParameter.Value(tenantId), PostgresParameter.Value(maxRows));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SpendGroup>> SpendAsync(SpendQuery query, CancellationToken ct)
    {
        // The driver sends the first and the last day that there are as -infinity and infinity.
        List<NpgsqlParameter> values = [PostgresParameter.Value(query.From ?? DateOnly.MinValue), PostgresParameter.Value(query.To ?? DateOnly.MaxValue)];
        if (query.TenantId is { } tenant)
            values.Add(PostgresParameter.Value(tenant));
        return ReportAsync(PostgresSpend.Groups(query.By, query.TenantId is not null), PostgresSpend.ReadGroup, ct, [.. values]);
    }

    /// <inheritdoc/>
    public async Task<SpendTotals> ReadTotalsAsync(string tenantId, CancellationToken ct)
    {
        var rows = await ReportAsync(PostgresSpend.Totals, row => PostgresSpend.ReadTotal(row, tenantId), ct, PostgresParameter.Value(tenantId));
        return new SpendTotals(rows[0].Version, [.. rows.Where(row => row.Payer is not null).Select(row => row.Payer!.Value)]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> FindRepeatedAsync(string? tenantId, CancellationToken ct) => tenantId is null
        ? ReportAsync(Repeated(isOfTenant: false), ReadHead, ct)
        : ReportAsync(Repeated(isOfTenant: true), ReadHead, ct, PostgresParameter.Value(tenantId));

    /// <inheritdoc/>
    public Task<bool> MoveOpeningAsync(LedgerSnapshot opening, long before, CancellationToken ct) => ChangeAsync(
        "SELECT orchestra.ledger_move_opening($1, $2, $3, $4)", row => row.GetBoolean(0), ct, PostgresParameter.Value(opening.TenantId),
        PostgresParameter.Value(opening.Version), PostgresParameter.Value(opening.State), PostgresParameter.Value(before));

    /// <inheritdoc/>
    public Task<int> TrimAsync(string tenantId, int maxRows, CancellationToken ct) => ChangeAsync(
        "SELECT orchestra.ledger_trim($1, $2)", row => row.GetInt32(0), ct, PostgresParameter.Value(tenantId), PostgresParameter.Value(maxRows));

    private async Task<T> ChangeAsync<T>(string function, Func<DbDataReader, T> read, CancellationToken ct, params NpgsqlParameter[] parameters) =>
        (await database.QueryAsync(function, read, ct, parameters))[0];

    private async Task<IReadOnlyList<T>> ReportAsync<T>(string query, Func<DbDataReader, T> read, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = database.Source.CreateCommand(query);
        command.CommandTimeout = (int)Bound.TotalSeconds;
        command.Parameters.AddRange(parameters);
        return await command.ReadAllAsync(read, ct);
    }

    // The second row of an operation is looked up in the index in whose order the operations are counted.
    private static string Repeated(bool isOfTenant) =>
        $"""
        SELECT repeated.tenant, min(again.version) FROM (
            SELECT operation_id, slot, tenant FROM orchestra.ledger {(isOfTenant ? "WHERE tenant = $1" : string.Empty)}
            GROUP BY operation_id, slot, tenant HAVING count(*) > 1) AS repeated
        CROSS JOIN LATERAL (
            SELECT version FROM orchestra.ledger AS row
            WHERE row.operation_id = repeated.operation_id AND row.slot = repeated.slot AND row.tenant = repeated.tenant
            ORDER BY version OFFSET 1 LIMIT 1) AS again
        GROUP BY repeated.tenant
        """;

    private static LedgerHead ReadHead(DbDataReader row) => new(row.GetString(0), row.GetInt64(1));
}
