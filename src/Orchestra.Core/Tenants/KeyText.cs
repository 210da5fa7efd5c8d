using System.Security.Cryptography;
using System.Text;

namespace Orchestra.Core.Tenants;

/// <summary>The text of keys: <c>sk-orch-KEYID-SECRET</c>; what is stored is its SHA-256.</summary>
internal static class KeyText
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashLength = SHA256.HashSizeInBytes;

    private const string Prefix = "sk-orch-";
    private const int SecretBytes = 32;
    private const int MaxLength = 512;

    /// <summary>A new key's text: 256 random bits behind its public part.</summary>
    public static string Create(string keyId) => string.Concat(Prefix, keyId, "-", RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true));

    /// <summary>The public part of a text that has the form of a key; empty where it has not.</summary>
    public static ReadOnlySpan<char> IdOf(ReadOnlySpan<char> text)
    {
        var end = text.LastIndexOf('-');
        return text.StartsWith(Prefix, StringComparison.Ordinal) && end > Prefix.Length ? text[Prefix.Length..end] : [];
    }

    /// <summary>Hashes a text, of which no more than any key has counts.</summary>
    public static void Hash(ReadOnlySpan<char> text, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[MaxLength * 3];
        var written = Encoding.UTF8.GetBytes(text.Length > MaxLength ? text[..MaxLength] : text, bytes);
        SHA256.HashData(bytes[..written], hash);
    }

    /// <summary>Hashes a text.</summary>
    public static byte[] Hash(ReadOnlySpan<char> text)
    {
        var hash = new byte[HashLength];
        Hash(text, hash);
        return hash;
    }
}
