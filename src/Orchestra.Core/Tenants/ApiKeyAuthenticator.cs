using System.Security.Cryptography;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tenants;

/// <summary>
/// Tells whose key a bearer token is. The store is asked once in some seconds for each key; a key that does not exist takes the same work as a
/// wrong one.
/// </summary>
public sealed class ApiKeyAuthenticator(ITenantStore store, TimeProvider time)
{
    private const int Remembered = 10_000;
    private const int LongestId = 64;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);
    // A wrong text may be one that another host made just now; asking the store for each one would hand it to whoever knows a key's id.
    private static readonly TimeSpan FreshnessForWrong = TimeSpan.FromSeconds(1);
    private static readonly byte[] NoHash = new byte[KeyText.HashLength];
    private readonly RecentKeys _known = new(Remembered);
    // Apart, so that made-up keys cannot push good ones out.
    private readonly RecentKeys _unknown = new(Remembered);

    /// <summary>
    /// The caller with this key; null where it is no key or a wrong one. Throws 401 that says why where the key is right, but expired, disabled or
    /// deleted, or where its tenant, team or user is.
    /// </summary>
    public ValueTask<Caller?> AuthenticateAsync(ReadOnlySpan<char> bearer, CancellationToken ct)
    {
        Span<byte> hash = stackalloc byte[KeyText.HashLength];
        KeyText.Hash(bearer, hash);
        var keyId = KeyText.IdOf(bearer);
        if (keyId.Length is 0 or > LongestId)
            return new(Judge(null, hash));
        var entry = Recent(keyId);
        var matches = Matches(entry, hash);
        return entry is not null && (matches || entry.Key is null || time.GetElapsedTime(entry.ReadAt) < FreshnessForWrong)
            ? new(matches ? Admit(entry) : null)
            : LookUpAsync(keyId.ToString(), hash.ToArray(), ct);
    }

    /// <summary>Forgets a key that was changed in this process, so that the change counts at once.</summary>
    public void Forget(string keyId)
    {
        _known.Remove(keyId);
        _unknown.Remove(keyId);
    }

    /// <summary>Forgets all keys, since a tenant, team or user was changed in this process.</summary>
    public void ForgetAll()
    {
        _known.Clear();
        _unknown.Clear();
    }

    private async ValueTask<Caller?> LookUpAsync(string keyId, byte[] hash, CancellationToken ct)
    {
        var readAt = time.GetTimestamp();
        var entry = await store.FindKeyAsync(keyId, ct) is { } key
            ? new RecentKeys.Entry(key.Key, key.ToCaller(), key.Refusal(), readAt)
            : new RecentKeys.Entry(null, null, null, readAt);
        (entry.Key is null ? _unknown : _known).Add(keyId, entry);
        return Judge(entry, hash);
    }

    private RecentKeys.Entry? Recent(ReadOnlySpan<char> keyId) => Fresh(_known.Find(keyId)) ?? Fresh(_unknown.Find(keyId));

    private RecentKeys.Entry? Fresh(RecentKeys.Entry? entry) => entry is not null && time.GetElapsedTime(entry.ReadAt) < Freshness ? entry : null;

    private Caller? Judge(RecentKeys.Entry? entry, ReadOnlySpan<byte> hash) => Matches(entry, hash) ? Admit(entry!) : null;

    /// <summary>Compares with both hashes always, whatever there is to compare with.</summary>
    private bool Matches(RecentKeys.Entry? entry, ReadOnlySpan<byte> hash)
    {
        var secret = entry?.Key?.Secret;
        var present = CryptographicOperations.FixedTimeEquals(secret?.Hash ?? NoHash, hash);
        var previous = CryptographicOperations.FixedTimeEquals(secret?.PreviousHash ?? NoHash, hash);
        return secret is not null && (present || (previous && secret.PreviousHash is not null && secret.PreviousUntil > time.GetUtcNow()));
    }

    private Caller? Admit(RecentKeys.Entry entry)
    {
        if (entry.Refusal is { } refusal)
            throw Refused(refusal);
        if (entry.Key!.ExpiresAt is { } expiry && expiry <= time.GetUtcNow())
            throw Refused($"This key expired on {expiry:yyyy-MM-dd} at {expiry:HH:mm:ss} UTC.");
        return entry.Caller;
    }

    private static OrchestraException Refused(string why) => new(ErrorCode.InvalidApiKey, 401, $"{why} Ask whoever runs this Orchestra for another one.");
}
