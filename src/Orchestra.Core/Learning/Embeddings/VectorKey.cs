using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Orchestra.Core.Learning.Embeddings;

/// <summary>Stands for a text without holding it: its SHA-256.</summary>
internal readonly record struct VectorKey(UInt128 High, UInt128 Low)
{
    public static VectorKey Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), hash);
        return new VectorKey(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
