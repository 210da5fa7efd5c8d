using System.Security.Cryptography;
using Orchestra.Core.Budgets;

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
    private static readonly byte[] NoHash = new byte[KeyText.HashLength];
    private readonly RecentKeys _known = new(Remembered);
    // Apart, so that made-up keys cannot push good ones out.
    private readonly RecentKeys _unknown = new(Remembered);

    /// <summary>The caller with this key; null where it is no key or a wrong one.</summary>
    public ValueTask<Caller?> AuthenticateAsync(ReadOnlySpan<char> bearer, CancellationToken ct)
    {
        Span<byte> hash = stackalloc byte[KeyText.HashLength];
        KeyText.Hash(bearer, hash);
        var keyId = KeyText.IdOf(bearer);
        if (keyId.Length is 0 or > LongestId)
            return new(Compare(null, hash));
        return Recent(keyId) is { } entry ? new(Compare(entry, hash)) : LookUpAsync(keyId.ToString(), hash.ToArray(), ct);
    }

    private async ValueTask<Caller?> LookUpAsync(string keyId, byte[] hash, CancellationToken ct)
    {
        var key = await store.FindKeyAsync(keyId, ct);
        var entry = new RecentKeys.Entry(key is null ? null : new Caller(new Payer(key.TenantId, string.Empty, string.Empty, key.Id)), key?.SecretHash, time.GetTimestamp());
        (key is null ? _unknown : _known).Add(keyId, entry);
        return Compare(entry, hash);
    }

    private RecentKeys.Entry? Recent(ReadOnlySpan<char> keyId) => Fresh(_known.Find(keyId)) ?? Fresh(_unknown.Find(keyId));

    private RecentKeys.Entry? Fresh(RecentKeys.Entry? entry) => entry is not null && time.GetElapsedTime(entry.ReadAt) < Freshness ? entry : null;

    private static Caller? Compare(RecentKeys.Entry? entry, ReadOnlySpan<byte> hash)
    {
        var same = CryptographicOperations.FixedTimeEquals(entry?.Hash ?? NoHash, hash);
        return same ? entry?.Caller : null;
    }
}
