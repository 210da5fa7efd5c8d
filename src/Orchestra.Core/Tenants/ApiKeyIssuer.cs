using Orchestra.Core.Errors;

namespace Orchestra.Core.Tenants;

/// <summary>Makes the texts of API keys: new keys, and new texts of old ones.</summary>
public sealed class ApiKeyIssuer(TenantRegistry registry, IdGenerator ids, TimeProvider time)
{
    /// <summary>How long the text before a rotation stays good where nothing else is said.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(24);

    /// <summary>Makes a key of a tenant that exists, and returns it with its text, which nobody can read again.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="who">Who makes it, for the audit log.</param>
    /// <param name="ct">Ends the call.</param>
    public Task<IssuedKey> IssueAsync(string tenantId, string who, CancellationToken ct) => IssueAsync(tenantId, string.Empty, string.Empty, key => key, who, ct);

    /// <summary>Makes a key of a tenant, team and user that exist, and returns it with its text, which nobody can read again.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="teamId">The team; empty for none.</param>
    /// <param name="userId">The user; empty for none.</param>
    /// <param name="fill">Gives the key its name, limits and the like.</param>
    /// <param name="who">Who makes it, for the audit log.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task<IssuedKey> IssueAsync(string tenantId, string teamId, string userId, Func<ApiKey, ApiKey> fill, string who, CancellationToken ct)
    {
        var keyId = ids.Next("k");
        var text = KeyText.Create(keyId);
        var key = fill(new ApiKey(keyId, tenantId, teamId, userId, string.Empty, Moment.Now(time), new KeySecret(KeyText.Hash(text))));
        await registry.AddAsync(key, who, ct);
        return new IssuedKey(key, text);
    }

    /// <summary>
    /// Gives a key a new text and returns it; the present one stays good for the grace period, the one before that no longer. Beyond that, as
    /// <see cref="TenantRegistry.ChangeAsync"/>.
    /// </summary>
    /// <param name="find">Finds the key; throws where there is none.</param>
    /// <param name="grace">How long the present text stays good: none to 30 days.</param>
    /// <param name="who">Who does it, for the audit log.</param>
    /// <param name="ifVersion">The version that must be the newest; null where any is good.</param>
    /// <param name="ct">Ends the call.</param>
    public async Task<IssuedKey> RotateAsync(Func<CancellationToken, Task<ApiKey>> find, TimeSpan grace, string who, long? ifVersion, CancellationToken ct)
    {
        if (grace < TimeSpan.Zero || grace > PrincipalRules.LongestGrace)
            throw OrchestraException.Invalid("grace_seconds", $"The grace period is 0 to {PrincipalRules.LongestGrace.TotalSeconds:0} seconds (30 days).");
        var text = string.Empty;
        var rotated = await registry.ChangeAsync(find, Rotate, "rotate", who, ifVersion, ct);
        return new IssuedKey(rotated, text);

        ApiKey Rotate(ApiKey key)
        {
            text = KeyText.Create(key.Id);
            var hash = KeyText.Hash(text);
            return key with { Secret = grace == TimeSpan.Zero ? new KeySecret(hash) : new KeySecret(hash, key.Secret.Hash, Moment.Of(time.GetUtcNow() + grace)) };
        }
    }
}
