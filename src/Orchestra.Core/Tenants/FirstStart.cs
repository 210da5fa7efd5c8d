using System.Text;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tenants;

/// <summary>What an empty installation gets, so that it can be used at once.</summary>
public sealed class FirstStart(ITenantStore store, TenantRegistry registry, ApiKeyIssuer issuer, TimeProvider time)
{
    private const string Setting = "first-start-key";

    /// <summary>Makes the default tenant with a key; returns the key's text, to be shown once, or null where that was done before.</summary>
    public async Task<string?> EnsureAsync(CancellationToken ct)
    {
        if (await store.ReadSettingAsync(Setting, ct) is not null)
            return null;
        try
        {
            await registry.AddAsync(new Tenant(Tenant.DefaultId, "Default", Moment.Now(time)), AuditEntry.FirstStart, ct);
        }
        catch (OrchestraException error) when (error.Code == ErrorCode.Conflict)
        {
            // An earlier start was cut short, or another host starts at the same time.
        }

        var issued = await issuer.IssueAsync(Tenant.DefaultId, AuditEntry.FirstStart, ct);
        var mark = Encoding.UTF8.GetBytes(issued.Key.Id);
        // Marked last: a start that was cut short is done again. A host that did the same at the same time shows its key, and this one none.
        var kept = await store.AddSettingAsync(Setting, mark, ct);
        return kept.AsSpan().SequenceEqual(mark) ? issued.Text : null;
    }
}
