using System.Data.Common;
using Orchestra.Core.Budgets.Warnings;

namespace Orchestra.Storage.Postgres;

/// <summary>Warnings to be delivered, in the database that holds the ledgers; <c>ledger_append</c> puts them in.</summary>
public sealed class PostgresWarningOutbox(PostgresDatabase database) : IWarningOutbox
{
    // Hosts that look at the same moment pass by each other's rows instead of waiting for them.
    private const string Claim = $"""
        WITH claimed AS (
            UPDATE orchestra.warning_outbox SET due_at = $2 WHERE (tenant, version) IN (
                SELECT tenant, version FROM orchestra.warning_outbox WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
            RETURNING tenant, version, tries)
        SELECT {PostgresLedgerRow.Columns}, tries FROM orchestra.ledger JOIN claimed USING (tenant, version) ORDER BY at
        """;

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingWarning>> ClaimAsync(DateTimeOffset now, DateTimeOffset claimedUntil, int max, CancellationToken ct) => database.QueryAsync(
        Claim, Read, ct, PostgresParameter.Value(PostgresTime.Write(now)), PostgresParameter.Value(PostgresTime.Write(claimedUntil)), PostgresParameter.Value(max));

    /// <inheritdoc/>
    public Task CompleteAsync(PendingWarning warning, CancellationToken ct) => database.RunAsync(
        "DELETE FROM orchestra.warning_outbox WHERE tenant = $1 AND version = $2", ct,
        PostgresParameter.Value(warning.Entry.TenantId), PostgresParameter.Value(warning.Entry.Version));

    /// <inheritdoc/>
    public Task PostponeAsync(PendingWarning warning, DateTimeOffset until, CancellationToken ct) => database.RunAsync(
        "UPDATE orchestra.warning_outbox SET due_at = $3, tries = tries + 1 WHERE tenant = $1 AND version = $2", ct,
        PostgresParameter.Value(warning.Entry.TenantId), PostgresParameter.Value(warning.Entry.Version), PostgresParameter.Value(PostgresTime.Write(until)));

    private static PendingWarning Read(DbDataReader row) => new(PostgresLedgerRow.Read(row), row.GetInt32(PostgresLedgerRow.Width));
}
