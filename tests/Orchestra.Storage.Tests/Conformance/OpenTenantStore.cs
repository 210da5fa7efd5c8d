using Orchestra.Core.Tenants;

namespace Orchestra.Storage.Tests.Conformance;

/// <summary>The stores as one host opens them.</summary>
public sealed record OpenTenantStore(ITenantStore Tenants, IAuditLog Audit);
