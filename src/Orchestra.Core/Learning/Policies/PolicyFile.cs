using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orchestra.Core.Errors;

namespace Orchestra.Core.Learning.Policies;

/// <summary>
/// The container of a policy: a mark, a format version, the model card as JSON, named sections of numbers, and the SHA-256 of all that. It holds no code, and a
/// reader believes nothing before the hash and every length have been checked.
/// </summary>
/// <param name="Card">What the policy says of itself.</param>
/// <param name="Sections">The numbers, by name.</param>
/// <param name="Id">The policy's id, from the hash of its content.</param>
internal sealed record PolicyFile(ModelCard Card, IReadOnlyDictionary<string, byte[]> Sections, string Id)
{
    /// <summary>The format that this version writes and reads.</summary>
    public const int FormatVersion = 1;

    /// <summary>Bytes of a file at most.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int MaxSections = 64;
    private const int MaxName = 64;
    private static readonly byte[] Mark = "ORCHPOLICY"u8.ToArray();

    /// <summary>The file's bytes; the same content gives the same bytes.</summary>
    public static byte[] Write(ModelCard card, IReadOnlyDictionary<string, byte[]> sections)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Mark);
        writer.Write(FormatVersion);
        WriteBlock(writer, JsonSerializer.SerializeToUtf8Bytes(card, ModelCardJson.Default.ModelCard));
        writer.Write(sections.Count);
        foreach (var (name, bytes) in sections.OrderBy(section => section.Key, StringComparer.Ordinal))
        {
            WriteBlock(writer, Encoding.UTF8.GetBytes(name));
            WriteBlock(writer, bytes);
        }

        writer.Write(SHA256.HashData(stream.ToArray()));
        return stream.ToArray();
    }

    /// <summary>Reads a file's bytes; throws <see cref="OrchestraException"/> with code <c>invalid_policy</c> where they are no policy that this version can use.</summary>
    public static PolicyFile Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < Mark.Length + sizeof(int) + SHA256.HashSizeInBytes || !file.StartsWith(Mark))
            throw Refused("it is no policy file");
        var version = BinaryPrimitives.ReadInt32LittleEndian(file[Mark.Length..]);
        if (version != FormatVersion)
            throw Refused($"its format is {version}, and this version reads {FormatVersion}: train it anew, or use the version that wrote it");
        var content = file[..^SHA256.HashSizeInBytes];
        var hash = SHA256.HashData(content);
        if (!file[^SHA256.HashSizeInBytes..].SequenceEqual(hash))
            throw Refused("it is damaged or was cut off: its checksum is wrong");
        var rest = content[(Mark.Length + sizeof(int))..];
        var card = ReadCard(ReadBlock(ref rest));
        var count = ReadLength(ref rest, MaxSections);
        var sections = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = ReadBlock(ref rest);
            if (name.Length > MaxName || !sections.TryAdd(Encoding.UTF8.GetString(name), ReadBlock(ref rest).ToArray()))
                throw Refused("a section's name is too long or stands twice");
        }

        return rest.IsEmpty ? new PolicyFile(card, sections, $"pol_{Convert.ToHexStringLower(hash.AsSpan(0, 8))}") : throw Refused("there is more behind its end");
    }

    /// <summary>What is wrong with a policy, as an error that a user can act on.</summary>
    public static OrchestraException Refused(string reason, Exception? inner = null) =>
        new(ErrorCode.InvalidPolicy, 400, $"The policy is refused: {reason}.", inner);

    private static ModelCard ReadCard(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelCardJson.Default.ModelCard) ?? throw Refused("it has no model card");
        }
        catch (JsonException error)
        {
            throw Refused("its model card cannot be read", error);
        }
    }

    private static void WriteBlock(BinaryWriter writer, byte[] bytes)
    {
        writer.Write(bytes.Length);
        writer.Write(bytes);
    }

    private static ReadOnlySpan<byte> ReadBlock(ref ReadOnlySpan<byte> rest)
    {
        var length = ReadLength(ref rest, MaxBytes);
        if (length > rest.Length)
            throw Refused("a length in it is wrong");
        var block = rest[..length];
        rest = rest[length..];
        return block;
    }

    private static int ReadLength(ref ReadOnlySpan<byte> rest, int most)
    {
        if (rest.Length < sizeof(int) || BinaryPrimitives.ReadInt32LittleEndian(rest) is var length && (length < 0 || length > most))
            throw Refused("a length in it is wrong");
        length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[sizeof(int)..];
        return length;
    }
}
