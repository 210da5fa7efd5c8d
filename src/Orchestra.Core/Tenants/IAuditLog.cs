namespace Orchestra.Core.Tenants;

/// <summary>The append-only log of operators' changes. Changes of tenants, teams, users and keys come into it through <see cref="ITenantStore"/>.</summary>
public interface IAuditLog
{
    /// <summary>Appends an entry, unless one with its id is there; durable when the task completes.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken ct);

    /// <summary>A page of entries, the last written first; empty where <see cref="AuditFilter.After"/> names no entry.</summary>
    Task<IReadOnlyList<AuditEntry>> ListAsync(AuditFilter filter, CancellationToken ct);
}
