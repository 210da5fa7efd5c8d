using System.Text;

namespace Orchestra.Core.Tenants;

/// <summary>What an empty installation gets, so that it can be used at once.</summary>
public static class FirstStart
{
    private const string Setting = "first-start-key";

    /// <summary>Makes the default tenant with a key; returns the key's text, to be shown once, or null where that was done before.</summary>
    public static async Task<string?> EnsureAsync(ITenantStore store, ApiKeyIssuer issuer, TimeProvider time, CancellationToken ct)
    {
        if (await store.ReadSettingAsync(Setting, ct) is not null)
            return null;
        await store.AddTenantAsync(new Tenant(Tenant.DefaultId, "Default", time.GetUtcNow()), ct);
        var text = await issuer.IssueAsync(Tenant.DefaultId, ct);
        var mark = Encoding.UTF8.GetBytes(KeyText.IdOf(text).ToString());
        // Marked last: a start that was cut short is done again. A host that did the same at the same time shows its key, and this one none.
        var kept = await store.AddSettingAsync(Setting, mark, ct);
        return kept.AsSpan().SequenceEqual(mark) ? text : null;
    }
}
