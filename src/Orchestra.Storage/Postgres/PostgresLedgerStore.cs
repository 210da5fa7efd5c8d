using Orchestra.Core.Budgets;

namespace Orchestra.Storage.Postgres;

/// <summary>Ledgers in PostgreSQL: a batch is one round trip and one commit, and any number of hosts may write.</summary>
public sealed class PostgresLedgerStore(PostgresDatabase database) : ILedgerStore
{
    private const string Append =
        "SELECT * FROM orchestra.ledger_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(string tenantId, long afterVersion, int max, CancellationToken ct) => database.QueryAsync(
        PostgresLedgerRow.Select + "WHERE tenant = $1 AND version > $2 ORDER BY version LIMIT $3", PostgresLedgerRow.Read, ct,
        PostgresParameter.Value(tenantId), PostgresParameter.Value(afterVersion), PostgresParameter.Value(max));

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> FindAsync(string tenantId, IReadOnlyList<string> operationIds, CancellationToken ct) => database.QueryAsync(
        PostgresLedgerRow.Select + "WHERE tenant = $1 AND operation_id = ANY ($2) ORDER BY version", PostgresLedgerRow.Read, ct,
        PostgresParameter.Value(tenantId), PostgresParameter.Array(operationIds, id => id));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> AppendAsync(IReadOnlyList<LedgerEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0)
            return [];
        var batch = new PostgresLedgerBatch(entries);
        await using var command = database.Source.CreateCommand(Append);
        batch.AddTo(command.Parameters);
        return await command.ReadAllAsync(row => row.GetString(0), ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerHead>> ListHeadsAsync(CancellationToken ct) => database.QueryAsync(
        "SELECT tenant, version FROM orchestra.ledger_head WHERE version > 0 ORDER BY tenant", row => new LedgerHead(row.GetString(0), row.GetInt64(1)), ct);

    /// <inheritdoc/>
    public Task<LedgerSnapshot?> ReadSnapshotAsync(string tenantId, CancellationToken ct) =>
        ReadStateAsync("SELECT version, state FROM orchestra.ledger_snapshot WHERE tenant = $1", tenantId, ct);

    /// <inheritdoc/>
    public Task<LedgerSnapshot?> ReadOpeningAsync(string tenantId, CancellationToken ct) =>
        ReadStateAsync("SELECT version, state FROM orchestra.ledger_opening WHERE tenant = $1", tenantId, ct);

    /// <inheritdoc/>
    public Task WriteSnapshotAsync(LedgerSnapshot snapshot, CancellationToken ct) => database.RunAsync(
        """
        INSERT INTO orchestra.ledger_snapshot AS kept (tenant, version, state) VALUES ($1, $2, $3)
        ON CONFLICT (tenant) DO UPDATE SET version = excluded.version, state = excluded.state WHERE excluded.version > kept.version
        """,
        ct, PostgresParameter.Value(snapshot.TenantId), PostgresParameter.Value(snapshot.Version), PostgresParameter.Value(snapshot.State));

    private async Task<LedgerSnapshot?> ReadStateAsync(string query, string tenantId, CancellationToken ct)
    {
        var found = await database.QueryAsync(query, row => new LedgerSnapshot(tenantId, row.GetInt64(0), row.GetString(1)), ct, PostgresParameter.Value(tenantId));
        return found.Count == 0 ? null : found[0];
    }
}
