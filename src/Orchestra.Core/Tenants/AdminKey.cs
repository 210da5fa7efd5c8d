using System.Security.Cryptography;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Tenants;

/// <summary>The key of the admin endpoints: the configured one, or one that the first start made and of which only the hash is kept.</summary>
public sealed class AdminKey
{
    private const int LeastLength = 16;
    private const int MostLength = 256;
    private const string Setting = "admin-key-hash";
    private readonly byte[] _hash;

    private AdminKey(byte[] hash, string? generated)
    {
        _hash = hash;
        Generated = generated;
    }

    /// <summary>The text of a key that was made just now, to be shown once; otherwise null.</summary>
    public string? Generated { get; }

    /// <summary>Names the key without telling it: the first 8 hex digits of its hash.</summary>
    public string Fingerprint => Convert.ToHexStringLower(_hash, 0, 4);

    /// <summary>Takes the configured key; where there is none, the stored one; where there is none either, makes one.</summary>
    public static async Task<AdminKey> OpenAsync(ITenantStore store, string? configured, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(configured) && configured.Trim().Length is < LeastLength or > MostLength)
            throw new OrchestraException(ErrorCode.InvalidConfiguration, 500, $"The admin key has {configured.Trim().Length} characters; give one of {LeastLength} to {MostLength}, such as the output of 'openssl rand -hex 32'.");
        if (!string.IsNullOrWhiteSpace(configured))
            return new AdminKey(KeyText.Hash(configured.Trim()), null);
        if (await store.ReadSettingAsync(Setting, ct) is { } stored)
            return new AdminKey(stored, null);
        var text = KeyText.Create("admin");
        var hash = KeyText.Hash(text);
        var kept = await store.AddSettingAsync(Setting, hash, ct);
        // Another host may have made one at the same time: then that one counts.
        return new AdminKey(kept, CryptographicOperations.FixedTimeEquals(kept, hash) ? text : null);
    }

    /// <summary>Whether a bearer token is the admin key; takes the same time whatever it is.</summary>
    public bool Matches(ReadOnlySpan<char> bearer)
    {
        Span<byte> hash = stackalloc byte[KeyText.HashLength];
        KeyText.Hash(bearer, hash);
        return CryptographicOperations.FixedTimeEquals(_hash, hash);
    }
}
