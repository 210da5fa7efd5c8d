using System.Data.Common;
using Npgsql;
using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Postgres;

/// <summary>Ledgers in PostgreSQL: a batch is one round trip and one commit, and any number of hosts may write.</summary>
public sealed class PostgresLedgerStore(PostgresDatabase database) : ILedgerStore
{
    private const string Columns =
        "SELECT tenant, version, at, kind, operation_id, reservation_id, amount, until, team, user_id, key_id, expert, trajectory_id, " +
        "budget_level, budget_scope, budget_window, detail FROM orchestra.ledger ";

    private const string Append =
        "SELECT * FROM orchestra.ledger_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long afterVersion, int max, CancellationToken ct) => QueryAsync(
        Columns + "WHERE tenant = $1 AND version > $2 ORDER BY version LIMIT $3", Entry, ct,
        PostgresParameter.Value(tenantId), PostgresParameter.Value(afterVersion), PostgresParameter.Value(max));

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> FindAsync(string tenantId, IReadOnlyList<string> operationIds, CancellationToken ct) => QueryAsync(
        Columns + "WHERE tenant = $1 AND operation_id = ANY ($2) ORDER BY version", Entry, ct,
        PostgresParameter.Value(tenantId), PostgresParameter.Array(operationIds, id => id));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0)
            return [];
        var batch = new PostgresLedgerBatch(entries);
        await using var command = database.Source.CreateCommand(Append);
        batch.AddTo(command.Parameters);
        return await ReadAsync(command, row => row.GetString(0), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> ListHeadsAsync(CancellationToken ct) => QueryAsync(
        "SELECT tenant, version FROM orchestra.ledger_head WHERE version > 0 ORDER BY tenant", row => new LedgerHead(row.GetString(0), row.GetInt64(1)), ct);

    /// <inheritdoc/>
    public Task<LedgerSnapshot?> ReadSnapshotAsync(string tenantId, CancellationToken ct) =>
        ReadStateAsync("SELECT version, state FROM orchestra.ledger_snapshot WHERE tenant = $1", tenantId, ct);

    /// <inheritdoc/>
    public Task<LedgerSnapshot?> ReadOpeningAsync(string tenantId, CancellationToken ct) =>
        ReadStateAsync("SELECT version, state FROM orchestra.ledger_opening WHERE tenant = $1", tenantId, ct);

    /// <inheritdoc/>
    public async Task WriteSnapshotAsync(LedgerSnapshot snapshot, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("""
            INSERT INTO orchestra.ledger_snapshot AS kept (tenant, version, state) VALUES ($1, $2, $3)
            ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, state = excluded.state WHERE excluded.version > kept.version
            """);
        command.Parameters.Add(PostgresParameter.Value(snapshot.TenantId));
        command.Parameters.Add(PostgresParameter.Value(snapshot.Version));
        command.Parameters.Add(PostgresParameter.Value(snapshot.State));
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<LedgerSnapshot?> ReadStateAsync(string query, string tenantId, CancellationToken ct)
    {
        var found = await QueryAsync(query, row => new LedgerSnapshot(tenantId, row.GetInt64(0), row.GetString(1)), ct, PostgresParameter.Value(tenantId));
        return found.Count == 0 ? null : found[0];
    }

    private async Task<IReadOnlyList<TRow>> QueryAsync<TRow>(string query, Func<DbDataReader, TRow> read, CancellationToken ct, params NpgsqlParameter[] parameters)
    {
        await using var command = database.Source.CreateCommand(query);
        command.Parameters.AddRange(parameters);
        return await ReadAsync(command, read, ct);
    }

    private static async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(NpgsqlCommand command, Func<DbDataReader, TRow> read, CancellationToken ct)
    {
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<TRow>();
        while (await rows.ReadAsync(ct))
            found.Add(read(rows));
        return found;
    }

    private static LedgerEntry Entry(DbDataReader row)
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
