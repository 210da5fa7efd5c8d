namespace Orchestra.Core.Tenants;

/// <summary>Makes API keys.</summary>
public sealed class ApiKeyIssuer(ITenantStore store, IdGenerator ids, TimeProvider time)
{
    /// <summary>Makes a key of a tenant that exists, and returns its text, which nobody can read again.</summary>
    public async Task<string> IssueAsync(string tenantId, CancellationToken ct)
    {
        var keyId = ids.Next("k");
        var text = KeyText.Create(keyId);
        await store.AddKeyAsync(new ApiKey(keyId, tenantId, KeyText.Hash(text), time.GetUtcNow()), ct);
        return text;
    }
}
