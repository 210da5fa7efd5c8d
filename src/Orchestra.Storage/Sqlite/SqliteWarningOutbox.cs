using Microsoft.Data.Sqlite;
using Orchestra.Core.Budgets.Warnings;

namespace Orchestra.Storage.Sqlite;

/// <summary>Warnings to be delivered, in the database that holds the ledgers; the ledger's appender puts them in.</summary>
public sealed class SqliteWarningOutbox(SqliteDatabase database) : IWarningOutbox, IDisposable
{
    private readonly LockedConnection _connection = new(database.Connect());

    /// <inheritdoc/>
    public Task<IReadOnlyList<PendingWarning>> ClaimAsync(DateTimeOffset now, DateTimeOffset claimedUntil, int max, CancellationToken ct) => _connection.UseAsync<IReadOnlyList<PendingWarning>>(
        connection =>
        {
            // Most looks find nothing, and a look must not take the lock that commits wait for.
            using var any = connection.Statement("SELECT 1 FROM warning_outbox WHERE due_at <= $1 LIMIT 1", 1);
            return any.Bind(now.ToUnixTimeMilliseconds()).ExecuteScalar() is null ? [] : Claim(connection, now, claimedUntil, max);
        },
        ct);

    /// <inheritdoc/>
    public Task CompleteAsync(PendingWarning warning, CancellationToken ct) => RunAsync(
        "DELETE FROM warning_outbox WHERE tenant = $1 AND version = $2", [warning.Entry.TenantId, warning.Entry.Version], ct);

    /// <inheritdoc/>
    public Task PostponeAsync(PendingWarning warning, DateTimeOffset until, CancellationToken ct) => RunAsync(
        "UPDATE warning_outbox SET due_at = $3, tries = tries + 1 WHERE tenant = $1 AND version = $2",
        [warning.Entry.TenantId, warning.Entry.Version, until.ToUnixTimeMilliseconds()], ct);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private static List<PendingWarning> Claim(SqliteConnection connection, DateTimeOffset now, DateTimeOffset claimedUntil, int max)
    {
        using var claim = connection.Statement(
            """
            UPDATE warning_outbox SET due_at = $2 WHERE (tenant, version) IN (
                SELECT tenant, version FROM warning_outbox WHERE due_at <= $1 ORDER BY due_at LIMIT $3)
            RETURNING tenant, version, tries
            """,
            3);
        var claimed = new List<(string Tenant, long Version, int Tries)>();
        using (var rows = claim.Bind(now.ToUnixTimeMilliseconds(), claimedUntil.ToUnixTimeMilliseconds(), max).ExecuteReader())
        {
            while (rows.Read())
                claimed.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt32(2)));
        }

        using var read = new RawStatement(connection, SqliteEntryRow.Select + "WHERE tenant = ?1 AND version = ?2");
        var texts = new SqliteTextCache();
        return claimed.ConvertAll(row =>
        {
            read.Bind(1, row.Tenant).Bind(2, row.Version).Step();
            var warning = new PendingWarning(SqliteEntryRow.Read(read, texts), row.Tries);
            read.Reset();
            return warning;
        });
    }

    private Task RunAsync(string sql, object[] values, CancellationToken ct) => _connection.UseAsync(
        connection =>
        {
            using var statement = connection.Statement(sql, values.Length);
            return statement.Bind(values).ExecuteNonQuery();
        },
        ct);
}
