using System.Security.Cryptography;
using System.Text;

namespace Orchestra.Tests;

/// <summary>Policy files, written byte by byte as the format says.</summary>
internal static class PolicyBytes
{
    /// <summary>A policy without numbers whose card has this seed; each seed gives another id.</summary>
    public static byte[] Of(int seed)
    {
        var card = Encoding.UTF8.GetBytes($$"""{"seed":{{seed}},"data":[{"name":"table.jsonl","rows":12,"sha256":"ab"}],"experts":["small","large"],"training":{"epochs":3},"frontier":[{"name":"λ=1","accuracy":0.75,"cost_usd_per1k":0.5,"calls_per_query":1.5}]}""");
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("ORCHPOLICY"u8);
        writer.Write(1);
        writer.Write(card.Length);
        writer.Write(card);
        writer.Write(0);
        writer.Write(SHA256.HashData(stream.ToArray()));
        return stream.ToArray();
    }

    /// <summary>As above, with one bit that is wrong.</summary>
    public static byte[] Damaged(int seed)
    {
        var bytes = Of(seed);
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }

    /// <summary>The id of such a file.</summary>
    public static string IdOf(int seed) => $"pol_{Convert.ToHexStringLower(SHA256.HashData(Of(seed).AsSpan()[..^32]).AsSpan(0, 8))}";
}
