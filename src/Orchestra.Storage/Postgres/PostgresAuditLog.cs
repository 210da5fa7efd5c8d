using Npgsql;
using Orchestra.Core.Tenants;
using Orchestra.Storage.Tenants;

namespace Orchestra.Storage.Postgres;

/// <summary>The audit log in PostgreSQL.</summary>
public sealed class PostgresAuditLog(PostgresDatabase database) : IAuditLog
{
    /// <inheritdoc/>
    public async Task AppendAsync(AuditEntry entry, CancellationToken ct)
    {
        await using var batch = database.Source.CreateBatch();
        AddTo(batch, entry);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken ct) => database.QueryAsync(AuditTable.List(filter), AuditTable.Read, ct);

    /// <summary>Adds an entry's statements to a transaction's last batch. One at a time, so that numbers are in the order of the commits, and no page of a list misses an entry.</summary>
    internal static void AddTo(NpgsqlBatch batch, AuditEntry entry)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT pg_advisory_xact_lock(1635087465)"));
        var (text, values) = AuditTable.Insert(entry);
        var insert = new NpgsqlBatchCommand(text);
        insert.Parameters.AddValues(values);
        batch.BatchCommands.Add(insert);
    }
}
